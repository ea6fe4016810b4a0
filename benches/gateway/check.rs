//! Do L2 and the server give the same? Only then is L2 a limit.

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{
    queries::{Query, Requests, Size},
    wire::Connection,
};

/// Of how many slugs the answers are compared.
const SAMPLE: usize = 40;

/// Compares the answers of some servers; the first one's lengths, in bytes.
pub async fn check(
    query: &Query,
    size: Size,
    ours: &mut [Connection],
    l2: Option<&mut Connection>,
) -> anyhow::Result<Vec<usize>> {
    let requests = query.ours(size);
    let limit = query.limit("l2", size);
    let mut lengths = Vec::new();
    let mut l2 = l2;
    for number in 0..SAMPLE.min(requests.len()) {
        let mut answers = Vec::new();
        for server in &mut *ours {
            answers.push(answer(server, &requests, number).await?);
        }
        if let Some(l2) = &mut l2 {
            answers.push(answer(l2, &limit, number).await?);
        }
        lengths.push(answers[0].1);
        for (other, _) in &answers[1..] {
            if let Some(place) = difference(&answers[0].0, other, "data") {
                let (query, size) = (query.number, size.name());
                bail!("Q{query} at {size}, request {number}: the answers differ at {place}");
            }
        }
    }
    Ok(lengths)
}

async fn answer(
    server: &mut Connection,
    requests: &Requests,
    number: usize,
) -> anyhow::Result<(Value, usize)> {
    let mut request = Vec::new();
    requests.write(number, &mut request);
    let body = server.body(&request).await?;
    let mut answer: Value = serde_json::from_slice(&body)?;
    if let Some(errors) = answer.get("errors") {
        bail!("the answer has errors: {errors}");
    }
    let data = answer.get_mut("data").context("the answer has no data")?;
    Ok((data.take(), body.len()))
}

/// Where two values differ first.
fn difference(one: &Value, other: &Value, place: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            let mut fields = one.iter();
            fields.find_map(|(name, value)| {
                let other = other.get(name).unwrap_or(&Value::Null);
                difference(value, other, &format!("{place}.{name}"))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut items = one.iter().zip(other).enumerate();
            items.find_map(|(index, (one, other))| {
                difference(one, other, &format!("{place}.{index}"))
            })
        }
        _ => (one != other).then(|| place.to_owned()),
    }
}
