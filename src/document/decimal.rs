//! Exact decimal numbers. No float is anywhere on their way.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A decimal number with at most 12 digits before the point and 6 behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal {
    micros: i64,
}

const SCALE: i64 = 1_000_000;

impl Decimal {
    /// The number of which this is a million times as much.
    pub fn from_micros(micros: i64) -> Self {
        Self { micros }
    }

    /// A million times the number.
    pub fn micros(self) -> i64 {
        self.micros
    }
}

impl FromStr for Decimal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || {
            let text: String = text.chars().take(40).collect();
            format!(
                "`{text}` is no number here: write digits, at most 12 before the point and 6 behind it, such as '3360000000' or '62.5'"
            )
        };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |digits: &str, most| {
            let good = (1..=most).contains(&digits.len())
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            good.then(|| digits.parse::<i64>().ok()).flatten()
        };
        let whole = number(whole, 12).ok_or_else(form)?;
        let fraction = number(fraction, 6)
            .map(|_| format!("{fraction:0<6}"))
            .and_then(|fraction| number(&fraction, 6))
            .ok_or_else(form)?;
        let micros = whole * SCALE + fraction;
        Ok(Self {
            micros: if negative { -micros } else { micros },
        })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.micros < 0 { "-" } else { "" };
        let micros = self.micros.unsigned_abs();
        let scale = SCALE.unsigned_abs();
        write!(out, "{sign}{}", micros / scale)?;
        match micros % scale {
            0 => Ok(()),
            rest => write!(out, ".{}", format!("{rest:06}").trim_end_matches('0')),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A number without a fraction is exact in YAML and JSON too; one with a fraction is not.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(i64),
            Text(String),
        }
        let text = match Written::deserialize(deserializer) {
            Ok(Written::Whole(number)) => number.to_string(),
            Ok(Written::Text(text)) => text,
            Err(_) => {
                let message = "a number with a fraction is written in quotes, as in '62.5', so that it stays exact";
                return Err(de::Error::custom(message));
            }
        };
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back_exactly() {
        for text in [
            "0",
            "62.5",
            "-0.000001",
            "999999999999.999999",
            "3360000000",
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        assert_eq!("1.50".parse::<Decimal>().unwrap().to_string(), "1.5");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "1,000",
            "NaN",
            "1000000000000",
            "0.1234567",
            "--1",
            "+1",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(number("-2") < number("-1.5") && number("9") < number("10"));
    }
}
