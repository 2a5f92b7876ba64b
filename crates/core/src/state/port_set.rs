//! Port numbers as a set of bits, so that the lowest free one is found at once on a device with thousands of ports.

use std::sync::Arc;

/// Ports in a word.
const WORD: u16 = 64;

/// A set of port numbers. A clone shares what neither changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PortSet {
    /// The last word is never empty, so that equal sets are equal words.
    words: Arc<Vec<u64>>,
}

impl PortSet {
    pub(super) fn insert(&mut self, number: u16) {
        let (word, bit) = place(number);
        let words = Arc::make_mut(&mut self.words);
        if words.len() <= word {
            words.resize(word + 1, 0);
        }
        words[word] |= bit;
    }

    pub(super) fn remove(&mut self, number: u16) {
        let (word, bit) = place(number);
        let words = Arc::make_mut(&mut self.words);
        if let Some(held) = words.get_mut(word) {
            *held &= !bit;
        }
        while words.last() == Some(&0) {
            words.pop();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many of the first `count` numbers are in the set.
    pub(crate) fn held_below(&self, count: u16) -> usize {
        let (last, bit) = place(count);
        let whole = self.words.iter().take(last).map(|word| word.count_ones());
        let part = self.words.get(last).map(|word| (word & (bit - 1)).count_ones());
        whole.chain(part).map(|ones| ones as usize).sum()
    }

    /// The numbers that are not in the set, lowest first.
    pub(crate) fn free(&self) -> impl Iterator<Item = u16> + use<> {
        let words = self.words.clone();
        (0..=u16::MAX / WORD).flat_map(move |at| {
            let mut gaps = !words.get(usize::from(at)).copied().unwrap_or(0);
            std::iter::from_fn(move || {
                let bit = (gaps != 0).then(|| gaps.trailing_zeros())?;
                gaps &= gaps - 1;
                Some(at * WORD + u16::try_from(bit).expect("a word has 64 bits"))
            })
        })
    }
}

fn place(number: u16) -> (usize, u64) {
    (usize::from(number / WORD), 1 << (number % WORD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_numbers_are_those_that_are_not_held_lowest_first() {
        let mut held = PortSet::default();
        (0..130).for_each(|number| held.insert(number));
        held.remove(3);
        held.remove(64);
        assert_eq!(held.free().take(4).collect::<Vec<_>>(), [3, 64, 130, 131]);
        assert_eq!((held.held_below(3), held.held_below(64), held.held_below(200)), (3, 63, 128));
        held.insert(u16::MAX);
        assert_eq!(held.free().last(), Some(u16::MAX - 1));
    }

    #[test]
    fn sets_of_the_same_numbers_are_equal_however_they_came_about() {
        let mut held = PortSet::default();
        held.insert(1000);
        held.remove(1000);
        assert_eq!(held, PortSet::default());
        assert!(held.is_empty());
    }
}
