//! What the generated rows become: `Operation`, `Request`, `Response` and `Exception`.

use crate::generated::operations::Exception;
use crate::schema::Structure;

/// The model's facts about one operation.
pub(crate) struct Facts {
    pub(crate) name: &'static str,
    pub(crate) deprecated: bool,
    pub(crate) input: Option<&'static Structure>,
    pub(crate) output: Option<&'static Structure>,
    pub(crate) errors: &'static [Exception],
}

/// Makes the operations of rows: name, input, output, whether deprecated, exceptions.
macro_rules! operations {
    ($($name:ident($input:ty, $input_table:expr) -> ($output:ty, $output_table:expr), deprecated $deprecated:literal,
       [$($error:ident),*];)*) => {
        /// An operation of the service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($name), "`.")] $name,)*
        }

        static FACTS: &[$crate::operation::Facts] = &[$($crate::operation::Facts {
            name: stringify!($name),
            deprecated: $deprecated,
            input: $input_table,
            output: $output_table,
            errors: &[$(Exception::$error),*],
        },)*];

        impl Operation {
            /// Every operation, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            fn facts(self) -> &'static $crate::operation::Facts {
                &FACTS[self as usize]
            }

            /// Its name on the wire.
            pub fn name(self) -> &'static str {
                self.facts().name
            }

            /// The operation of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                let index = FACTS.binary_search_by(|facts| facts.name.cmp(name)).ok()?;
                Some(Self::ALL[index])
            }

            /// Whether the model calls it deprecated.
            pub fn deprecated(self) -> bool {
                self.facts().deprecated
            }

            /// The exceptions that the model lets it answer.
            pub fn errors(self) -> &'static [Exception] {
                self.facts().errors
            }

            /// The structure that it takes; none if it takes no input.
            pub fn input(self) -> Option<&'static $crate::schema::Structure> {
                self.facts().input
            }

            /// The structure that it answers; none if it answers nothing.
            pub fn output(self) -> Option<&'static $crate::schema::Structure> {
                self.facts().output
            }
        }

        impl std::fmt::Display for Operation {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        $crate::operation::sides! {
            /// What a caller asks: an operation with its input.
            Request { $($name($input),)* }
        }

        $crate::operation::sides! {
            /// What the service answers: an operation with its output.
            Response { $($name($output),)* }
        }
    };
}
pub(crate) use operations;

/// Makes one side of every operation: an enum with a variant an operation.
macro_rules! sides {
    ($(#[$doc:meta])* $side:ident { $($name:ident($shape:ty),)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $side {
            $(#[doc = concat!("Of `", stringify!($name), "`.")] $name($shape),)*
        }

        impl $side {
            /// The operation that it belongs to.
            pub fn operation(&self) -> Operation {
                match self {
                    $(Self::$name(_) => Operation::$name,)*
                }
            }

            /// Reads the side of that operation. Broken constraints are the reader's to report.
            pub fn read(
                operation: Operation,
                reader: &mut dyn $crate::codec::Reader,
            ) -> Result<Self, $crate::codec::ReadError> {
                Ok(match operation {
                    $(Operation::$name => Self::$name($crate::codec::Value::read(reader)?),)*
                })
            }

            /// Writes it; absent members are left out.
            pub fn write(&self, writer: &mut dyn $crate::codec::Writer) {
                match self {
                    $(Self::$name(shape) => $crate::codec::Value::write(shape, writer),)*
                }
            }
        }
    };
}
pub(crate) use sides;

/// Makes the exceptions of rows: variant, name on the wire, HTTP status, whether the model gives it a message.
macro_rules! exceptions {
    ($($variant:ident = $name:literal, status $status:literal, message $message:literal;)*) => {
        /// An exception of the service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Exception {
            $(#[doc = concat!("`", $name, "`, HTTP status ", $status, ".")] $variant,)*
        }

        impl Exception {
            /// Every exception, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name on the wire.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The exception of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|exception| exception.name() == name)
            }

            /// Its HTTP status.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                }
            }

            /// Whether the model gives it a `message`. The service sends one with every exception all the same.
            pub fn has_message(self) -> bool {
                match self {
                    $(Self::$variant => $message,)*
                }
            }
        }

        impl std::fmt::Display for Exception {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use exceptions;
