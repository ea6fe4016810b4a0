//! What the program says of its work: its log and, with the feature `otel`, its traces.

use std::io::{self, IsTerminal};

use anyhow::Context;
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt};

use crate::config::{Config, LogFormat};

/// Begins to log, as the settings say. What it gives ends the traces when it is dropped.
pub fn begin(config: &Config) -> anyhow::Result<impl Drop + use<>> {
    let filter = EnvFilter::try_new(&config.log).context("`--log` is no filter")?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match config.log_format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    };
    traces::begin(tracing_subscriber::registry().with(lines))
}

/// No traces. Nor is there a layer in their place: one that takes anything would have each span made, to be thrown
/// away.
#[cfg(not(feature = "otel"))]
mod traces {
    use tracing::Subscriber;
    use tracing_subscriber::util::SubscriberInitExt;

    pub(super) struct End;

    impl Drop for End {
        fn drop(&mut self) {}
    }

    #[expect(clippy::unnecessary_wraps, reason = "with traces it can fail")]
    pub(super) fn begin(log: impl Subscriber + Send + Sync) -> anyhow::Result<End> {
        log.init();
        Ok(End)
    }
}

/// Traces over OTLP, where the usual variables say (`OTEL_EXPORTER_OTLP_ENDPOINT` and others:
/// <https://opentelemetry.io/docs/specs/otel/protocol/exporter/>).
#[cfg(feature = "otel")]
mod traces {
    use anyhow::Context;
    use opentelemetry::{global, trace::TracerProvider};
    use opentelemetry_otlp::SpanExporter;
    use opentelemetry_sdk::{
        Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider,
    };
    use tracing::{Subscriber, level_filters::LevelFilter};
    use tracing_subscriber::{
        Layer, filter::Targets, layer::SubscriberExt, registry::LookupSpan, util::SubscriberInitExt,
    };

    use crate::load::TRACE;

    pub(super) struct End(SdkTracerProvider);

    impl Drop for End {
        fn drop(&mut self) {
            if let Err(error) = self.0.shutdown() {
                eprintln!("civigraph: the last traces were not sent: {error}");
            }
        }
    }

    pub(super) fn begin<S>(log: S) -> anyhow::Result<End>
    where
        S: Subscriber + for<'s> LookupSpan<'s> + Send + Sync,
    {
        let exporter = SpanExporter::builder().with_http().build();
        let exporter = exporter.context("cannot send traces")?;
        let service = Resource::builder().with_service_name("civigraph").build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(service)
            .build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        let layer = tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("civigraph"))
            .with_filter(Targets::new().with_target(TRACE, LevelFilter::DEBUG));
        log.with(layer).init();
        Ok(End(provider))
    }
}
