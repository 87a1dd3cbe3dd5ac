//! Whom a story is told to.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tiam::api::Call;
use tiam::iam::Error;
use tiam::remote::{Endpoint, Settings};
use tiam::world::Real;

use crate::common::local::{Local, Outcome};
use crate::common::moto::Moto;

pub(crate) trait Teller {
    fn call<'a>(&'a mut self, call: &'a Call) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;
}

impl Teller for Local {
    fn call<'a>(&'a mut self, call: &'a Call) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        let outcome = Local::call(self, call);
        Box::pin(async move { outcome })
    }
}

/// A moto server, emptied first, through the client that tiam uses for every endpoint.
pub(crate) struct Remote {
    endpoint: Endpoint,
}

impl Remote {
    pub(crate) async fn fresh(moto: &Moto) -> Self {
        tiam::remote::init();
        let mut settings = Settings::default();
        settings.endpoint_url = Some(moto.url().to_owned());
        settings.region = Some("us-east-1".into());
        let settings = settings.with_keys("AKIAIOSFODNN7EXAMPLE", &"not-a-secret".into(), None);
        let endpoint = Endpoint::open(settings, Arc::new(Real)).await.unwrap();
        moto.reset();
        Self { endpoint }
    }
}

impl Teller for Remote {
    fn call<'a>(&'a mut self, call: &'a Call) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        Box::pin(async move {
            self.endpoint.call(call).await.map_err(|error| match error.service() {
                Some(error) => error.clone(),
                None => Error::of_code("Unanswered".into(), error.to_string()),
            })
        })
    }
}
