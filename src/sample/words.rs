//! What made-up pieces are called, and what they say.

use entity::node::Kind;

use super::Chance;

/// What content is about.
pub(super) const TOPICS: [&str; 24] = [
    "Health", "Housing", "Travel", "Schools", "Energy", "Water", "Food", "Identity", "Payments",
    "Skills", "Research", "Trade", "Tourism", "Culture", "Sport", "Safety", "Justice", "Data",
    "Maps", "Climate", "Waste", "Ageing", "Families", "Work",
];

const QUALITIES: [&str; 20] = [
    "National", "Digital", "Open", "Shared", "Smart", "Regional", "Joint", "Green", "Secure",
    "Common", "Public", "Local", "Trusted", "Mobile", "Early", "Simple", "Modern", "Central",
    "Fair", "Swift",
];

const PEOPLE: [&str; 8] = [
    "residents",
    "small firms",
    "schools",
    "hospitals",
    "carers",
    "researchers",
    "visitors",
    "public officers",
];

const DEEDS: [&str; 8] = [
    "brings together what agencies know about",
    "makes it easier to apply for support with",
    "shortens the wait for advice on",
    "trains the people who work on",
    "shares tools, methods and figures on",
    "pays for new ideas about",
    "measures, in the open, what is spent on",
    "answers most questions on",
];

const MORE: [&str; 6] = [
    "It began as a trial in three towns and is now found in all of them.",
    "What was learned is published every quarter, with the figures behind it.",
    "Nobody has to fill in a form twice, and nobody has to come to a counter.",
    "It works without an account, in four languages, and on the oldest of phones.",
    "Those who use it were asked what they need before a line of it was written.",
    "The costs are shared between the agencies that take part.",
];

/// The last words of titles of a kind.
fn forms(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Page => &["Overview", "Release"],
        Kind::Partner => &["Agency", "Institute", "Council", "Company"],
        Kind::Strategy => &["Strategy", "Blueprint"],
        Kind::Goal => &["Trust", "Growth", "Resilience"],
        Kind::Media => &["Portrait", "Chart", "Interview", "Report"],
        Kind::Initiative => &["Pilot", "Upgrade", "Trial", "Campaign"],
        Kind::Event => &["Forum", "Week", "Workshop", "Summit"],
        _ => &[
            "Platform", "Service", "Fund", "Academy", "Network", "Scheme",
        ],
    }
}

/// What one piece is about.
pub(super) struct Theme {
    quality: &'static str,
    topic: &'static str,
    form: &'static str,
}

impl Theme {
    /// Of a piece of this kind.
    pub(super) fn of(kind: Kind, chance: &mut Chance) -> Self {
        Self {
            quality: chance.one_of(&QUALITIES),
            topic: chance.one_of(&TOPICS),
            form: chance.one_of(forms(kind)),
        }
    }

    /// The title of the piece with this number.
    pub(super) fn title(&self, index: usize) -> String {
        format!("{} {} {} {index}", self.quality, self.topic, self.form)
    }

    /// One or two sentences.
    pub(super) fn summary(&self, chance: &mut Chance) -> String {
        let first = self.sentence(chance);
        if chance.one_in(2) {
            return first;
        }
        format!("{first} {}", chance.one_of(&MORE))
    }

    /// A few paragraphs of Markdown.
    pub(super) fn body(&self, chance: &mut Chance) -> String {
        let mut paragraphs = vec![self.paragraph(chance), "## Who it is for".to_owned()];
        let people = chance.indexes(3, PEOPLE.len()).into_iter();
        let people: Vec<_> = people.map(|index| format!("- {}", PEOPLE[index])).collect();
        paragraphs.push(people.join("\n"));
        paragraphs.push("## How it works".to_owned());
        for _ in 0..=chance.below(3) {
            paragraphs.push(self.paragraph(chance));
        }
        paragraphs.join("\n\n")
    }

    fn paragraph(&self, chance: &mut Chance) -> String {
        let more = chance.indexes(3, MORE.len()).into_iter();
        let more: Vec<_> = more.map(|index| MORE[index]).collect();
        format!("{} {}", self.sentence(chance), more.join(" "))
    }

    fn sentence(&self, chance: &mut Chance) -> String {
        let [quality, topic, form] = [self.quality, self.topic, self.form].map(str::to_lowercase);
        let (deed, people) = (chance.one_of(&DEEDS), chance.one_of(&PEOPLE));
        format!("The {quality} {form} {deed} {topic}, above all for {people}.")
    }
}
