//! Every size from one cell up, with everything open that can be: never a panic.

use super::Screen;

const SIZES: [(u16, u16); 16] = [
    (1, 1),
    (2, 1),
    (1, 2),
    (3, 3),
    (5, 2),
    (7, 40),
    (10, 5),
    (20, 9),
    (40, 9),
    (60, 12),
    (69, 16),
    (70, 16),
    (80, 24),
    (99, 24),
    (100, 24),
    (130, 45),
];

/// Keys that open each overlay over the room.
const OVERLAYS: [&str; 14] =
    ["", ":", "?", "D", "1a", "m", "r", "c", "p", "7", "2w", "f", "nlong text @an #A<c-o>", "3<enter>"];

#[test]
fn every_overlay_fits_every_size() {
    for keys in OVERLAYS {
        let mut screen = Screen::in_room(120, 40);
        screen.keys("nfirst note<enter><esc>");
        screen.keys(keys);
        for (columns, rows) in SIZES {
            screen.resize(columns, rows).text();
        }
    }
}

#[test]
fn the_lobby_fits_every_size() {
    let mut screen = Screen::new(80, 24);
    let mut room = Screen::in_room(80, 24);
    room.keys("L");
    for columns in 1..=130 {
        for rows in [1, 2, 3, 5, 9, 24, 45] {
            screen.resize(columns, rows).text();
            room.resize(columns, rows).text();
        }
    }
}

#[test]
fn the_room_fits_every_size() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nd: @olle restart gateway +15m #A<enter>and more");
    for columns in 1..=130 {
        for rows in (1..=45).step_by(4) {
            screen.resize(columns, rows).text();
        }
    }
}

#[test]
fn small_and_medium_screens_show_what_matters() {
    let mut screen = Screen::in_room(120, 40);
    screen.keys("nfirst note<enter><esc>").check("room-120x40", "");
    screen.resize(80, 24).check("room-80x24", "");
    screen.resize(40, 9).check("room-40x9", "");
}
