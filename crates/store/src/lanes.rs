//! What waits, in lanes that are served in turn: who sends much waits behind its own, and not others behind it.

use std::collections::{BTreeMap, VecDeque};

/// Items by lane. A lane that is empty is forgotten.
#[derive(Debug)]
pub struct Lanes<T> {
    lanes: BTreeMap<u64, VecDeque<T>>,
    /// The lanes that have something, the next one first.
    order: VecDeque<u64>,
    length: usize,
    length_max: usize,
}

impl<T> Lanes<T> {
    /// Lanes that hold so many items together.
    pub fn new(length_max: usize) -> Self {
        Lanes { lanes: BTreeMap::new(), order: VecDeque::new(), length: 0, length_max }
    }

    /// How many items there are.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Whether an item of that lane would be taken.
    pub fn has_room(&self, lane: u64) -> bool {
        self.length < self.length_max || self.gives_way(lane).is_some()
    }

    /// Puts an item at the end of its lane. When there are as many as may be, the last one of the longest lane gives way,
    /// and is handed back, unless the item's own lane is about as long: then the item is.
    pub fn push(&mut self, lane: u64, item: T) -> Result<Option<T>, T> {
        let mut given_way = None;
        if self.length >= self.length_max {
            let Some(longest) = self.gives_way(lane) else { return Err(item) };
            given_way = self.lanes.get_mut(&longest).and_then(VecDeque::pop_back);
            self.length -= usize::from(given_way.is_some());
        }
        let items = self.lanes.entry(lane).or_default();
        if items.is_empty() {
            self.order.push_back(lane);
        }
        items.push_back(item);
        self.length += 1;
        Ok(given_way)
    }

    /// Takes the first item of the lane whose turn it is.
    pub fn pop(&mut self) -> Option<T> {
        let lane = self.order.pop_front()?;
        let items = self.lanes.get_mut(&lane).expect("a lane in the order has items");
        let item = items.pop_front();
        if items.is_empty() {
            self.lanes.remove(&lane);
        } else {
            self.order.push_back(lane);
        }
        self.length -= usize::from(item.is_some());
        item
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        *self = Lanes::new(self.length_max);
    }

    /// The lane that must give way to an item of another: one that is longer by two at least, so that it stays longer.
    fn gives_way(&self, lane: u64) -> Option<u64> {
        let own = self.lanes.get(&lane).map_or(0, VecDeque::len);
        let (longest, items) = self.lanes.iter().max_by_key(|(_, items)| items.len())?;
        (own + 1 < items.len()).then_some(*longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drained(lanes: &mut Lanes<u32>) -> Vec<u32> {
        std::iter::from_fn(|| lanes.pop()).collect()
    }

    #[test]
    fn lanes_take_turns_and_each_keeps_its_order() {
        let mut lanes = Lanes::new(100);
        for item in 10..14 {
            lanes.push(1, item).unwrap();
        }
        lanes.push(2, 20).unwrap();
        lanes.push(3, 30).unwrap();
        lanes.push(3, 31).unwrap();
        assert_eq!(drained(&mut lanes), [10, 20, 30, 11, 31, 12, 13]);
        assert!(lanes.lanes.is_empty() && lanes.order.is_empty() && lanes.length() == 0);
    }

    #[test]
    fn the_longest_lane_gives_way() {
        let mut lanes = Lanes::new(4);
        for item in 10..14 {
            assert_eq!(lanes.push(1, item), Ok(None));
        }
        assert_eq!((lanes.has_room(1), lanes.push(1, 14)), (false, Err(14)), "its own lane is the longest");
        assert_eq!((lanes.has_room(2), lanes.push(2, 20)), (true, Ok(Some(13))));
        assert_eq!(lanes.push(3, 30), Ok(Some(12)));
        assert_eq!((lanes.has_room(3), lanes.push(3, 31)), (false, Err(31)), "the longest has no more than that");
        assert_eq!(lanes.length(), 4);
        assert_eq!(drained(&mut lanes), [10, 20, 30, 11]);
    }
}
