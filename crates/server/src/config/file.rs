//! The configuration file: the same settings, and what has no flag. What is unknown is refused, never ignored.

use super::account;
use super::document::Document;
use super::doors;
use super::setting::{Given, Kind, Setting, Source};
use super::value::delay;
use super::{ConfigError, FileOnly, Layers};
use crossconnect_core::settings::{Delay, Quota};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a delay looks like.
const DELAY: &str = "a length of time up to a year, in quotes, such as \"3s\", \"5min\" or \"24h\"";

/// Adds what the file gives and neither flag nor environment has given.
pub(super) fn add(layers: &mut Layers, only: &mut FileOnly, path: &Path) -> Result<(), ConfigError> {
    let text = read(path)?;
    let document = Document { path, text: &text };
    let root = document.parse()?;
    for (key, value) in root.get_ref() {
        match key.get_ref().as_ref() {
            "lifecycle" if matches!(value.get_ref(), DeValue::Table(_)) => {
                lifecycle(layers, only, &document, document.table("lifecycle", value)?)?;
            }
            "quotas" => quotas(only, &document, document.table("quotas", value)?)?,
            "plant" => plant(only, &document, document.table("plant", value)?)?,
            "limits" => doors::limits(only, &document, document.table("limits", value)?)?,
            "account" => account::add_all(only, &document, value)?,
            name => {
                let known = Setting::ALL.iter().find(|setting| setting.name() == name && **setting != Setting::Config);
                let setting =
                    *known.ok_or_else(|| document.unknown(name, key.span().start, "a setting of the file"))?;
                give(layers, &document, setting, name, value)?;
            }
        }
    }
    Ok(())
}

/// Adds the accounts of a file that has nothing else.
pub(super) fn add_accounts(only: &mut FileOnly, path: &Path) -> Result<(), ConfigError> {
    let text = read(path)?;
    let document = Document { path, text: &text };
    for (key, value) in document.parse()?.get_ref() {
        match key.get_ref().as_ref() {
            "account" => account::add_all(only, &document, value)?,
            name => return Err(document.unknown(name, key.span().start, "[[account]]")),
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| ConfigError(format!("cannot read {}: {error}", path.display())))
}

fn give(
    layers: &mut Layers,
    document: &Document<'_>,
    setting: Setting,
    name: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<(), ConfigError> {
    let values = match (setting.kind(), value.get_ref()) {
        (Kind::Text, DeValue::String(text)) => vec![text.to_string()],
        (Kind::Text, DeValue::Integer(number)) if setting == Setting::FreeFloor => vec![number.to_string()],
        (Kind::Switch, DeValue::Boolean(switch)) => vec![switch.to_string()],
        (Kind::List, DeValue::Array(_)) => document.texts(name, value)?,
        (Kind::Text, _) => return Err(document.wrong(name, value, "a text in quotes")),
        (Kind::Switch, _) => return Err(document.wrong(name, value, "true or false")),
        (Kind::List, _) => return Err(document.wrong(name, value, "a list of texts")),
    };
    let source = Source::File(document.path.to_owned(), document.line(value.span().start), name.to_owned());
    layers.entry(setting).or_insert(Given { values, source });
    Ok(())
}

fn lifecycle(
    layers: &mut Layers,
    only: &mut FileOnly,
    document: &Document<'_>,
    table: &DeTable<'_>,
) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = format!("lifecycle.{}", key.get_ref());
        if key.get_ref() == "preset" {
            give(layers, document, Setting::Lifecycle, &name, value)?;
            continue;
        }
        let known = Delay::ALL.into_iter().find(|delay| delay.name() == key.get_ref());
        let setting = known.ok_or_else(|| {
            let names = Delay::ALL.map(Delay::name).join(", ");
            document.unknown(&name, key.span().start, &format!("preset, {names}"))
        })?;
        let DeValue::String(text) = value.get_ref() else {
            return Err(document.wrong(&name, value, DELAY));
        };
        let length = delay(text).ok_or_else(|| document.wrong(&name, value, DELAY))?;
        only.delays.push((setting, length));
    }
    Ok(())
}

fn quotas(only: &mut FileOnly, document: &Document<'_>, table: &DeTable<'_>) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = format!("quotas.{}", key.get_ref());
        let known = Quota::ALL.into_iter().find(|quota| quota.name() == key.get_ref());
        let quota =
            known.ok_or_else(|| document.unknown(&name, key.span().start, &Quota::ALL.map(Quota::name).join(", ")))?;
        only.quotas.push((quota, document.number(&name, value, "a whole number from 0 to 4294967295")?));
    }
    Ok(())
}

fn plant(only: &mut FileOnly, document: &Document<'_>, table: &DeTable<'_>) -> Result<(), ConfigError> {
    for (key, value) in table {
        let name = format!("plant.{}", key.get_ref());
        let number = || document.number(&name, value, "a whole number from 1 to 4096");
        match key.get_ref().as_ref() {
            "devices_per_location" => only.devices_per_location = Some(number()?),
            "ports_per_speed" => only.ports_per_speed = Some(number()?),
            _ => {
                let start = key.span().start;
                return Err(document.unknown(&name, start, "devices_per_location or ports_per_speed"));
            }
        }
    }
    Ok(())
}
