//! Maps that come with the program.

use super::{Map, MapFaults};

const MAPS: [(&str, &str); 1] = [(
    "tech.gov.sg",
    include_str!("../../../maps/tech.gov.sg.yaml"),
)];

/// The bundled map of this name.
pub fn bundled(name: &str) -> Option<Result<Map, MapFaults>> {
    let (_, yaml) = MAPS.iter().find(|(known, _)| *known == name)?;
    Some(Map::read(yaml))
}

/// The names of the maps that come with the program.
pub fn bundled_names() -> impl Iterator<Item = &'static str> {
    MAPS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_maps_have_no_faults() {
        for name in bundled_names() {
            let map = bundled(name).unwrap().unwrap();
            assert!(!map.rules.is_empty(), "{name}");
        }
    }
}
