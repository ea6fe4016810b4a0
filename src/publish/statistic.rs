//! Figures as rows.

use entity::{statistic, statistic_measure};
use sea_orm::ActiveValue::Set;

use super::{
    Targets,
    batch::{Batch, Columns, sort_date},
    derived::Told,
};
use crate::document::{PartialDate, Period, Statistic, series_id};

impl Batch {
    pub(super) fn add_statistic(
        &mut self,
        row: &Columns<'_>,
        statistic: &Statistic,
        targets: &Targets,
    ) {
        let start = statistic.period.map(|Period { start, .. }| start);
        let end = statistic.period.map(|Period { end, .. }| end);
        let series = statistic.series.as_ref();
        self.statistics.push(statistic::ActiveModel {
            id: Set(row.id),
            slug: Set(row.slug()),
            title: Set(row.title()),
            sort_title: Set(row.sort_title()),
            summary: Set(row.summary()),
            state: Set(row.state()),
            value_micros: Set(statistic.value.micros()),
            unit: Set(statistic.unit.clone()),
            qualifier: Set(statistic.qualifier),
            display_value: Set(statistic.display_value.clone()),
            period_start: Set(start.map(PartialDate::first_day)),
            period_start_precision: Set(start.map(PartialDate::precision)),
            period_end: Set(end.map(PartialDate::first_day)),
            period_end_precision: Set(end.map(PartialDate::precision)),
            period_label: Set(statistic.period_label.clone()),
            sort_date: Set(sort_date(start)),
            geography: Set(statistic.geography.clone()),
            series: Set(series.map(ToString::to_string)),
            series_id: Set(series.map(|series| series_id(series.as_str()))),
        });
        for (measured, position) in statistic.measures.iter().zip(1..) {
            self.statistic_measures
                .push(statistic_measure::ActiveModel {
                    statistic_id: Set(row.id),
                    node_id: Set(targets.id(measured.kind, &measured.slug)),
                    position: Set(position),
                });
        }
        let series = statistic.series.as_ref().map(ToString::to_string);
        self.say(row, [("series", series.as_deref())]);
        self.mention(row, [statistic.display_value.as_str()]);
        self.mention(row, statistic.period_label.as_deref());
        let told = Told {
            about: statistic.measures.iter().collect(),
            date: statistic.period.map(|period| period.start),
            ..Told::default()
        };
        self.tell(row, &told, targets);
        self.add_shown(row.id, &statistic.media, targets);
    }
}
