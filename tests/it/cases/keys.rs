//! Keys as terminals really send them: bursts, answers, sequences in pieces, stops.
