//! 未定之处 — running a pure computation once under every reading of what the rules or the record
//! leave open.
//!
//! The computation asks [`Readings::choose`] whenever it meets something open and goes on with the
//! reading it is told. [`explore`] replays it until every combination has been seen, so that an open
//! point nobody reaches costs nothing and spoils nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use gongji_domain::Message;

/// 未定的一点 — its name, what it is, the question that settles it, and its readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// Machine-readable name, the same wherever the same thing is open.
    pub key: String,
    /// What is open.
    pub what: Message,
    /// The question, in the file's own words.
    pub ask: Option<String>,
    /// The readings; at least two.
    pub readings: Vec<Message>,
}

/// The readings under which one run goes.
#[derive(Debug, Default)]
pub struct Readings {
    chosen: BTreeMap<String, usize>,
    /// Each with the place at which it was met.
    met: Vec<(usize, OpenPoint)>,
    beside: BTreeSet<String>,
    place: usize,
    about: Option<About>,
}

/// 谁、哪里 — of which member and which place a bill is. What is open about one member or one place is no
/// answer about another: the same words are then points of their own.
#[derive(Clone, Debug)]
pub struct About {
    /// 成员的编号
    pub member: String,
    /// 成员的姓名
    pub name: String,
    /// 统筹区 whose rules are applied
    pub pool: String,
}

/// One combination of readings, by the key of each point met.
pub type World = BTreeMap<String, usize>;

/// Everything that came out.
#[derive(Debug)]
pub struct Explored<T> {
    /// One result a combination, the first readings first.
    pub runs: Vec<(World, T)>,
    /// The points met, each once, in the order they were met.
    pub points: Vec<OpenPoint>,
    /// There were more combinations than were to be looked at: `runs` holds all of them only as far as
    /// this place, the first at which a reading was left out; see [`Readings::move_to`].
    pub whole_until: Option<usize>,
}

impl Readings {
    /// The index of the reading to go on with; the first one unless another run explores others.
    pub fn choose(&mut self, key: &str, point: impl FnOnce() -> OpenPoint) -> usize {
        let key = self.full(key);
        if !self.met.iter().any(|(_, met)| *met.key == *key) {
            let mut point = point();
            if let Some(about) = self.about.as_ref().filter(|_| is_of_member(&point.key)) {
                point.what = point.what.with("whose", &about.name);
                point.what.code.push_str("_of");
            }
            point.key = key.clone().into_owned();
            self.met.push((self.place, point));
        }
        self.chosen.get(&*key).copied().unwrap_or(0)
    }

    /// From here on it is about this bill, or about no bill.
    pub fn turn_to(&mut self, about: Option<About>) {
        self.about = about;
    }

    /// From here on it is about the rules of this place; returns the one before. Only where it is about a
    /// bill of somebody.
    pub fn in_place(&mut self, pool: &str) -> String {
        let about = self.about.as_mut();
        about.map_or_else(String::new, |about| {
            std::mem::replace(&mut about.pool, pool.to_owned())
        })
    }

    fn full<'k>(&self, key: &'k str) -> Cow<'k, str> {
        match &self.about {
            None => Cow::Borrowed(key),
            // Named after the relative whose account it is about.
            Some(_) if key.starts_with("reserve:") => Cow::Borrowed(key),
            Some(about) if is_of_member(key) => Cow::Owned(format!("{key}@{}", about.member)),
            Some(about) => Cow::Owned(format!("{key}@{}", about.pool)),
        }
    }

    /// The computation has come to this place: what it found out before rests on nothing met from here on.
    pub fn move_to(&mut self, place: usize) {
        self.place = place;
    }

    /// Whether anything open has been met in this run.
    pub fn met_any(&self) -> bool {
        !self.met.is_empty()
    }

    /// The same for something that is open about who pays beside the funds: whoever leaves it open must
    /// not use up the combinations that are needed to tell what the funds pay.
    pub fn choose_beside(&mut self, key: &str, point: impl FnOnce() -> OpenPoint) -> usize {
        let full = self.full(key);
        if !self.beside.contains(&*full) {
            self.beside.insert(full.into_owned());
        }
        self.choose(key, point)
    }

    /// Whether something open has been met under this key in this run.
    pub fn has_met(&self, key: &str) -> bool {
        let key = self.full(key);
        self.met.iter().any(|(_, met)| *met.key == *key)
    }
}

/// Whether it is open because something is not known of the member. Everything else is a rule of the place.
fn is_of_member(key: &str) -> bool {
    match key.split_once(':') {
        Some(("fact", _)) => true,
        Some(("counter", counter)) => !counter.contains(':'),
        _ => false,
    }
}

impl<T> Explored<T> {
    /// Whether `runs` is only a part of all combinations.
    pub fn too_many(&self) -> bool {
        self.whole_until.is_some()
    }

    /// Whether the readings of one point make a difference: two runs that read everything else alike
    /// come to something else.
    pub fn matters(&self, key: &str, same: impl Fn(&T, &T) -> bool) -> bool {
        let alike = |one: &World, other: &World| {
            one.get(key) < other.get(key)
                && one.iter().all(|(known, reading)| {
                    known == key || other.get(known).is_none_or(|theirs| theirs == reading)
                })
        };
        let with_point = || {
            self.runs
                .iter()
                .filter(|(world, _)| world.contains_key(key))
        };
        with_point().any(|(world, result)| {
            with_point().any(|(other, theirs)| alike(world, other) && !same(result, theirs))
        })
    }
}

/// Sorts `points` by how far apart each one's readings lie while all others keep their first: the
/// question whose answer narrows most comes first. For where there are too many to look at together.
pub fn weigh<T>(
    points: &mut [OpenPoint],
    mut compute: impl FnMut(&mut Readings) -> T,
    measure: impl Fn(&T) -> i64,
) {
    let mut span = |point: &OpenPoint| {
        let mut results = (0..point.readings.len()).map(|reading| {
            let mut readings = Readings {
                chosen: World::from([(point.key.clone(), reading)]),
                ..Readings::default()
            };
            measure(&compute(&mut readings))
        });
        let first = results.next().unwrap_or_default();
        let (least, most) = results.fold((first, first), |(least, most), result| {
            (least.min(result), most.max(result))
        });
        most.saturating_sub(least)
    };
    points.sort_by_cached_key(|point| std::cmp::Reverse(span(point)));
}

/// Runs `compute` under every combination of readings it asks for, and gives up beyond `most` of them;
/// as many again are looked at for what is open beside: see [`Readings::choose_beside`].
pub fn explore<T>(most: usize, mut compute: impl FnMut(&mut Readings) -> T) -> Explored<T> {
    let mut explored = Explored {
        runs: Vec::new(),
        points: Vec::new(),
        whole_until: None,
    };
    // Each with the place of the point at which it leaves the run that found it.
    let mut waiting: Vec<(usize, World)> = vec![(0, World::new())];
    let mut beside: BTreeSet<String> = BTreeSet::new();
    let mut runs = [0_usize; 2];
    while let Some(next) = earliest(&waiting) {
        let (place, world) = waiting.remove(next);
        let is_beside = |(key, index): (&String, &usize)| *index > 0 && beside.contains(key);
        let of_kind = &mut runs[usize::from(world.iter().any(is_beside))];
        if *of_kind == most {
            let left = waiting.iter().map(|(place, _)| *place);
            explored.whole_until = left.chain([place]).min();
            break;
        }
        *of_kind += 1;
        let mut readings = Readings {
            chosen: world.clone(),
            ..Readings::default()
        };
        let result = compute(&mut readings);
        beside.append(&mut readings.beside);
        let mut full = World::new();
        let mut others = Vec::new();
        for (place, point) in readings.met {
            if let Some(index) = world.get(&point.key) {
                full.insert(point.key.clone(), *index);
            } else {
                for other in 1..point.readings.len() {
                    let mut branch = full.clone();
                    branch.extend(world.clone());
                    branch.insert(point.key.clone(), other);
                    others.push((place, branch));
                }
                full.insert(point.key.clone(), 0);
            }
            if !explored.points.iter().any(|known| known.key == point.key) {
                explored.points.push(point);
            }
        }
        waiting.extend(others.into_iter().rev());
        explored.runs.push((full, result));
    }
    explored
}

/// Which combination is next: one that leaves at the first of all places, so that what is left out in the
/// end begins as late as can be; of several the one found last.
fn earliest(waiting: &[(usize, World)]) -> Option<usize> {
    let first = waiting.iter().map(|(place, _)| *place).min()?;
    waiting.iter().rposition(|(place, _)| *place == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 8;

    fn point(key: &str, readings: usize) -> OpenPoint {
        OpenPoint {
            key: key.to_owned(),
            what: Message::new("test"),
            ask: None,
            readings: (0..readings)
                .map(|n| Message::new("reading").with("n", n))
                .collect(),
        }
    }

    #[test]
    fn sees_every_combination_once() {
        let explored = explore(MOST, |readings| {
            let a = readings.choose("a", || point("a", 2));
            let b = readings.choose("b", || point("b", 3));
            let again = readings.choose("a", || point("a", 2));
            assert_eq!(a, again, "one run keeps one reading");
            (a, b)
        });
        let mut seen: Vec<_> = explored.runs.iter().map(|(_, result)| *result).collect();
        seen.sort_unstable();
        assert_eq!(seen, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]);
        assert!(!explored.too_many());
        assert_eq!(explored.points.len(), 2);
    }

    #[test]
    fn a_point_reached_under_one_reading_only_is_explored_there_only() {
        let explored = explore(MOST, |readings| {
            let a = readings.choose("a", || point("a", 2));
            let b = if a == 1 {
                readings.choose("b", || point("b", 2))
            } else {
                9
            };
            (a, b)
        });
        let seen: Vec<_> = explored.runs.iter().map(|(_, result)| *result).collect();
        assert_eq!(seen, [(0, 9), (1, 0), (1, 1)]);
    }

    #[test]
    fn a_point_matters_where_its_readings_alone_change_the_result() {
        let choose = |readings: &mut Readings, key: &str| readings.choose(key, || point(key, 2));
        for (compute, matter) in [
            // 两点都为零才有：各自都要紧。
            (
                (|a, b| a + b == 0) as fn(usize, usize) -> bool,
                [true, true],
            ),
            // 一点换了，另一点跟着换：结果的集合一样，各自仍然要紧。
            (|a, b| a == b, [true, true]),
            (|a, _| a == 0, [true, false]),
            (|_, _| true, [false, false]),
        ] {
            let explored = explore(MOST, |readings| {
                let (a, b) = (choose(readings, "a"), choose(readings, "b"));
                compute(a, b)
            });
            let matters = |key| explored.matters(key, |one, other| one == other);
            assert_eq!([matters("a"), matters("b")], matter);
        }
    }

    #[test]
    fn the_question_that_narrows_most_comes_first() {
        let compute = |readings: &mut Readings| {
            let of = |readings: &mut Readings, key: &str, most: usize, by: i64| {
                let chosen = readings.choose(key, || point(key, most));
                i64::try_from(chosen).unwrap_or(0) * by
            };
            of(readings, "a", 2, 5)
                + of(readings, "b", 3, 20)
                + of(readings, "c", 2, 30)
                + of(readings, "d", 2, 0)
                + of(readings, "e", 2, 5)
        };
        let mut explored = explore(MOST, compute);
        assert!(explored.too_many());
        weigh(&mut explored.points, compute, |result| *result);
        let keys: Vec<_> = explored.points.iter().map(|point| &point.key).collect();
        // 两种读法差 40、30、5、5、0；一样的按遇到的先后。
        assert_eq!(keys, ["b", "c", "a", "e", "d"]);
    }

    #[test]
    fn what_is_open_beside_has_its_own_combinations() {
        let choose = |readings: &mut Readings, beside: bool, keys: &[&str]| {
            for key in keys {
                match beside {
                    true => readings.choose_beside(key, || point(key, 2)),
                    false => readings.choose(key, || point(key, 2)),
                };
            }
        };
        for (plain, beside, runs, too_many) in [
            (&["a", "b", "c"][..], &["x"][..], 16, false),
            (&["a", "b"], &["x"], 8, false),
            (&["a", "b"], &["x", "y"], 4 + MOST, true),
            (&["a", "b", "c", "d"], &[], MOST, true),
            (&[], &["x", "y", "z"], 8, false),
        ] {
            let explored = explore(MOST, |readings| {
                choose(readings, false, plain);
                choose(readings, true, beside);
            });
            assert_eq!(
                (explored.runs.len(), explored.too_many()),
                (runs, too_many),
                "{plain:?} {beside:?}"
            );
        }
    }

    #[test]
    fn nothing_open_is_one_run_and_too_much_is_said() {
        assert_eq!(explore(MOST, |_| 7).runs.len(), 1);
        let explored = explore(MOST, |readings| {
            (0..5)
                .map(|n| readings.choose(&n.to_string(), || point(&n.to_string(), 2)))
                .sum::<usize>()
        });
        assert!(explored.too_many());
        assert_eq!(explored.runs.len(), MOST);
    }

    #[test]
    fn what_came_out_before_the_first_reading_left_out_is_whole() {
        let whole_until = |most: usize, places: &[(usize, usize)]| {
            let explored = explore(most, |readings| {
                for (at, (place, count)) in places.iter().enumerate() {
                    readings.move_to(*place);
                    readings.choose(&at.to_string(), || point(&at.to_string(), *count));
                }
            });
            explored.whole_until
        };
        for (most, places, expected) in [
            // 四种组合都看过；第三点起没看全。
            (4, &[(1, 2), (5, 2), (7, 2)][..], Some(7)),
            (8, &[(1, 2), (5, 2), (7, 2)], None),
            // 只看三种：第二点已经没看全。
            (3, &[(1, 2), (5, 2), (7, 2)], Some(5)),
            (1, &[(3, 2)], Some(3)),
            (5, &[(0, 5), (9, 2)], Some(9)),
            (4, &[(0, 5), (9, 2)], Some(0)),
        ] {
            assert_eq!(whole_until(most, places), expected, "{most} {places:?}");
        }
    }
}
