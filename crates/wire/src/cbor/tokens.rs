//! What minicbor's decoder leaves to its caller: which items are well formed, and numbers of every width.
//!
//! Nothing here allocates by a length that the document declares; each element passed over has its own bytes.

use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;

/// How deeply lists, maps and tags may nest: as deeply as the reader of JSON allows.
pub(super) const DEPTH_MAX: usize = 127;

/// Passes over one item, and refuses what is not well formed or nests deeper than `depth`.
pub(super) fn pass(decoder: &mut Decoder<'_>, depth: usize) -> Result<(), Error> {
    let start = decoder.position();
    let inside = || depth.checked_sub(1).ok_or_else(|| Error::message("nested too deeply").at(start));
    match decoder.datatype()? {
        Type::Array | Type::ArrayIndef => {
            let (depth, len) = (inside()?, decoder.array()?);
            each_entry(decoder, len, |decoder| pass(decoder, depth))
        }
        Type::Map | Type::MapIndef => {
            let (depth, len) = (inside()?, decoder.map()?);
            each_entry(decoder, len, |decoder| {
                if !matches!(decoder.datatype()?, Type::String | Type::StringIndef) {
                    return Err(Error::message("a key that is not text").at(decoder.position()));
                }
                pass(decoder, depth)?;
                pass(decoder, depth)
            })
        }
        Type::Tag => {
            let depth = inside()?;
            decoder.tag()?;
            pass(decoder, depth)
        }
        // Most of a document is text, over which `str` passes faster than `skip`.
        Type::String => decoder.str().map(drop),
        // `skip` checks these to their end, and the UTF-8 of each chunk of text. Of lists and maps it takes more than is sound.
        Type::Bool
        | Type::Null
        | Type::Undefined
        | Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::Int
        | Type::F16
        | Type::F32
        | Type::F64
        | Type::Bytes
        | Type::BytesIndef
        | Type::StringIndef => decoder.skip(),
        Type::Simple | Type::Break | Type::Unknown(_) => Err(Error::message("a byte that begins no value").at(start)),
    }
}

fn each_entry<'d>(
    decoder: &mut Decoder<'d>,
    len: Option<u64>,
    mut entry: impl FnMut(&mut Decoder<'d>) -> Result<(), Error>,
) -> Result<(), Error> {
    match len {
        Some(len) => (0..len).try_for_each(|_| entry(decoder)),
        None => {
            while !at_break(decoder)? {
                entry(decoder)?;
            }
            decoder.set_position(decoder.position() + 1);
            Ok(())
        }
    }
}

/// Whether an item of indefinite length ends here.
pub(super) fn at_break(decoder: &Decoder<'_>) -> Result<bool, Error> {
    Ok(decoder.datatype()? == Type::Break)
}

/// A number as the document has it.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Whole(i128),
    Float(f64),
}

/// The number that stands here, if one does.
pub(super) fn number(decoder: &mut Decoder<'_>) -> Option<Number> {
    match decoder.datatype().ok()? {
        Type::F16 => {
            let bits = decoder.input().get(decoder.position() + 1..)?.first_chunk()?;
            Some(Number::Float(half(u16::from_be_bytes(*bits))))
        }
        Type::F32 | Type::F64 => decoder.f64().ok().map(Number::Float),
        _ => decoder.int().ok().map(|whole| Number::Whole(whole.into())),
    }
}

/// A float of 16 bits: one of sign, five of exponent, ten of fraction.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    };
    if bits >> 15 == 0 { magnitude } else { -magnitude }
}
