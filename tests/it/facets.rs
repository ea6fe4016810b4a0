//! What lists are counted by, and what figures come to.

use civigraph::catalogue::Files;
use serde_json::{Value, json};

use crate::{database::engines, service::Service};

/// The buckets of a facet, in short.
fn buckets(facet: &Value) -> Vec<String> {
    let buckets = facet["buckets"].as_array().unwrap().iter();
    buckets
        .map(|bucket| format!("{} {}", bucket["value"].as_str().unwrap(), bucket["count"]))
        .collect()
}

#[tokio::test]
async fn a_facet_leaves_out_its_own_filter_and_no_other() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let query = r#"{ programmes(filter: {goals: {some: {slug: {eq: "trust"}}}, and: [{audience: {eq: CITIZENS}}]}) {
            totalCount facets(by: [GOAL, AUDIENCE, LEAD_AGENCY, YEAR, KIND, PARTNER, TOPIC, LANGUAGE]) { by buckets { value label count id } } } }"#;
        service.statements();
        let data = service.data(query).await;
        assert_eq!(
            service.statements().len(),
            9,
            "one for each facet, one for the total"
        );
        let facets = data["programmes"]["facets"].as_array().unwrap();
        let told: Vec<_> = facets.iter().map(buckets).collect();
        assert_eq!(
            told,
            [
                // Of those for citizens, whatever their goals.
                vec!["trust 2", "community 1"],
                // Of those that work towards Trust, whomever they are for.
                vec!["CITIZENS 2", "BUSINESSES 1"],
                vec!["govtech 1"],
                vec!["2003 1"],
                vec!["DIGITAL_SERVICE 2"],
                vec!["google 1", "imda 1"],
                vec!["scams 1"],
                vec!["en 2"],
            ]
        );
        assert_eq!(data["programmes"]["totalCount"], 2);
        let goal = &facets[0]["buckets"][0];
        assert_eq!(goal["label"], "Trust");
        assert!(goal["id"].as_str().unwrap().starts_with("goal:"));
        assert_eq!(facets[4]["buckets"][0]["label"], "Digital service");
    }
}

#[tokio::test]
async fn facets_of_nested_lists_come_in_one_statement() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let query = "{ goals { nodes { slug programmes { facets(by: [AUDIENCE], first: 1) { buckets { value count } } } } } }";
        service.statements();
        let data = service.data(query).await;
        assert_eq!(service.statements().len(), 2);
        let goals = data["goals"]["nodes"].as_array().unwrap();
        let told: Vec<_> = goals
            .iter()
            .map(|goal| {
                (
                    goal["slug"].as_str().unwrap(),
                    buckets(&goal["programmes"]["facets"][0]),
                )
            })
            .collect();
        assert_eq!(told[0], ("trust", vec!["CITIZENS 2".to_owned()]));
        assert_eq!(
            told[2],
            ("community", vec!["BUSINESSES 1".to_owned()]),
            "ties go by their letters"
        );
    }
}

#[tokio::test]
async fn what_a_list_is_not_counted_by_is_told_clearly() {
    for engine in engines() {
        let service = Service::start(engine).await;
        for (query, code) in [
            ("{ events { facets(by: [GOAL]) { by } } }", "BAD_USER_INPUT"),
            (
                "{ events { facets(by: [KIND], first: 101) { by } } }",
                "BAD_USER_INPUT",
            ),
            (
                "{ events { facets(by: [KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND, KIND]) { by } } }",
                "LIMIT_EXCEEDED",
            ),
            (
                "{ programmes { aggregates { unit } } }",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            (
                "{ changes { facets(by: [KIND]) { by } } }",
                "GRAPHQL_VALIDATION_FAILED",
            ),
        ] {
            let answer = service.query(query).await;
            assert_eq!(
                answer["errors"][0]["extensions"]["code"], code,
                "{query}: {answer}"
            );
        }
        let data = service.data("{ events { facets(by: []) { by } } }").await;
        assert_eq!(data["events"]["facets"], json!([]));
    }
}

/// The value of a bucket is one that the filter takes, and the count is what the list then has.
#[tokio::test]
async fn choosing_a_bucket_gives_as_many_rows_as_it_says() {
    for engine in engines() {
        let service = Service::over(engine, &Files::Bundled).await;
        for (list, facet, filter) in [
            ("programmes", "KIND", "kind: {eq: VALUE}"),
            ("programmes", "AUDIENCE", "audience: {eq: VALUE}"),
            (
                "programmes",
                "GOAL",
                r#"goals: {some: {slug: {eq: "VALUE"}}}"#,
            ),
            (
                "programmes",
                "LEAD_AGENCY",
                r#"leadAgency: {is: {slug: {eq: "VALUE"}}}"#,
            ),
            ("events", "YEAR", r#"startsOn: {eq: "VALUE"}"#),
            (
                "events",
                "PARTNER",
                r#"partners: {some: {slug: {eq: "VALUE"}}}"#,
            ),
            ("events", "COUNTRY", r#"country: {eq: "VALUE"}"#),
            ("media", "TOPIC", r#"topics: {some: {slug: {eq: "VALUE"}}}"#),
            ("statistics", "UNIT", r#"unit: {eq: "VALUE"}"#),
            ("partners", "COUNTRY", r#"country: {eq: "VALUE"}"#),
        ] {
            let query = format!(
                "{{ {list} {{ facets(by: [{facet}], first: 6) {{ buckets {{ value count }} }} }} }}"
            );
            let data = service.data(&query).await;
            let buckets = data[list]["facets"][0]["buckets"].as_array().unwrap();
            for bucket in buckets {
                let filter = filter.replace("VALUE", bucket["value"].as_str().unwrap());
                let query = format!("{{ {list}(filter: {{{filter}}}) {{ totalCount }} }}");
                let data = service.data(&query).await;
                // A date of which only the year is known is in its year; so are all that begin in it.
                assert_eq!(data[list]["totalCount"], bucket["count"], "{query}");
            }
        }
    }
}

#[tokio::test]
async fn figures_are_added_up_exactly_within_one_unit_and_period() {
    for engine in engines() {
        let service = Service::forgetful(engine).await;
        let query = r#"{ statistics { aggregates { unit startsOn endsOn count min max sum } } programme(by: {slug: "singpass"}) { statistics(filter: {qualifier: {in: [ABOUT, EXACTLY]}}) { aggregates { startsOn count sum } } } }"#;
        service.statements();
        let data = service.data(query).await;
        assert_eq!(service.statements().len(), 3);
        assert_eq!(
            data["statistics"]["aggregates"],
            json!([
                {"unit": "SGD", "startsOn": "2023-04", "endsOn": "2024-03", "count": 1, "min": "3300000000.5", "max": "3300000000.5", "sum": "3300000000.5"},
                {"unit": "SGD", "startsOn": "2024-04", "endsOn": "2025-03", "count": 2, "min": "3300000000", "max": "3360000000", "sum": "6660000000"},
            ])
        );
        assert_eq!(
            data["programme"]["statistics"]["aggregates"],
            json!([
                {"startsOn": "2023-04", "count": 1, "sum": "3300000000.5"},
                {"startsOn": "2024-04", "count": 1, "sum": "3360000000"},
            ])
        );
    }
}
