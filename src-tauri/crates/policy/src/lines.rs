use std::ops::Range;

/// 行 — where the lines of a text begin, to turn positions into line numbers and excerpts.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// Longer lines are cut in an excerpt: a problem is read on one screen.
const WIDTH: usize = 120;

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Lines<'a> {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        Lines { text, starts }
    }

    /// The line, from 1, in which `span` begins.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }

    /// The text of a line, from 1, without its break.
    pub(crate) fn excerpt(&self, line: usize) -> String {
        let Some(start) = line.checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return String::new();
        };
        let text = self.text.get(*start..).unwrap_or("");
        let line = text.split('\n').next().unwrap_or("").trim_end();
        if line.chars().count() <= WIDTH {
            return line.to_owned();
        }
        line.chars().take(WIDTH).chain(['…']).collect()
    }
}
