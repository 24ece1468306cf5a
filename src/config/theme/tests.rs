//! Every theme styles every role, legibly, at every depth.

use ratatui::style::Color;

use super::*;

const CHOICES: [(Choice, Background); 8] = [
    (Choice::Auto, Background::Dark),
    (Choice::Auto, Background::Light),
    (Choice::Auto, Background::Unknown),
    (Choice::Dark, Background::Light),
    (Choice::Light, Background::Dark),
    (Choice::ColourBlind, Background::Dark),
    (Choice::ColourBlind, Background::Light),
    (Choice::Mono, Background::Dark),
];

const DEPTHS: [Depth; 4] = [Depth::None, Depth::Ansi16, Depth::Ansi256, Depth::TrueColour];

/// The grounds the themes are made for: the darkest usual one is easy, so a fairly light dark, and plain white.
const DARK_GROUND: Color = Color::Rgb(0x1e, 0x1e, 0x1e);
const LIGHT_GROUND: Color = Color::Rgb(0xff, 0xff, 0xff);

fn theme(choice: Choice, background: Background, depth: Depth) -> Theme {
    let (theme, faults) = Theme::new(choice, background, depth, None);
    assert!(faults.is_empty(), "{faults:?}");
    theme
}

#[test]
fn every_file_has_every_role_once_and_in_order() {
    for (file, text) in BUILTIN_FILES {
        let source = Source::new(file, text);
        let (leaves, faults) = leaves(&source);
        assert!(faults.is_empty(), "{faults:?}");
        let named: Vec<_> = leaves.iter().map(|leaf| leaf.path.join(".")).collect();
        let wanted: Vec<_> = Role::ALL.iter().map(|role| format!("{TABLE}.{}", role.name())).collect();
        assert_eq!(named, wanted, "{file}");
    }
}

#[test]
fn every_theme_reads_at_every_depth() {
    for (choice, background) in CHOICES {
        for depth in DEPTHS {
            let theme = theme(choice, background, depth);
            for role in Role::ALL {
                let style = theme.style(*role);
                assert!(style.bg.is_none() || style.fg != style.bg, "{choice:?} {depth:?} {role:?}: {style:?}");
                let selected = theme.selected(*role);
                assert!(selected.bg.is_none() || selected.fg != selected.bg, "{choice:?} {depth:?} selected {role:?}");
            }
            assert_ne!(theme.style(Role::Selection), theme.style(Role::Text), "{choice:?} {depth:?}");
        }
    }
}

#[test]
fn no_colour_means_no_colour_and_the_selection_still_shows() {
    for (choice, background) in CHOICES {
        let theme = theme(choice, background, Depth::None);
        for role in Role::ALL {
            let style = theme.style(*role);
            assert_eq!((style.fg, style.bg), (None, None), "{choice:?} {role:?}");
            let shapes = Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED | Modifier::DIM;
            assert!(shapes.contains(style.add_modifier), "{choice:?} {role:?}");
        }
        assert!(theme.style(Role::Selection).add_modifier.contains(Modifier::REVERSED));
        assert!(theme.style(Role::Critical).add_modifier.contains(Modifier::REVERSED));
    }
}

#[test]
fn colours_can_be_told_from_their_ground() {
    for (choice, background, ground) in [
        (Choice::Dark, Background::Dark, DARK_GROUND),
        (Choice::Light, Background::Light, LIGHT_GROUND),
        (Choice::ColourBlind, Background::Dark, DARK_GROUND),
        (Choice::ColourBlind, Background::Light, LIGHT_GROUND),
    ] {
        let theme = theme(choice, background, Depth::TrueColour);
        for role in Role::ALL {
            let style = theme.style(*role);
            let ratio = contrast(style.fg.expect("a colour"), style.bg.unwrap_or(ground));
            let wanted = match role {
                Role::GaugeRest => 1.5,
                Role::Border => 2.5,
                _ => 4.0,
            };
            assert!(ratio >= wanted, "{choice:?} {background:?} {}: {ratio:.1}", role.name());
        }
    }
}

#[test]
fn on_an_unknown_ground_everything_is_readable_on_either() {
    let theme = theme(Choice::Auto, Background::Unknown, Depth::TrueColour);
    for role in Role::ALL {
        let style = theme.style(*role);
        // The terminal's own colour is readable on its own ground.
        let Some(colour) = style.fg else {
            assert_eq!(style.bg, None, "{}", role.name());
            continue;
        };
        for ground in [DARK_GROUND, LIGHT_GROUND] {
            let ratio = contrast(colour, style.bg.unwrap_or(ground));
            assert!(ratio >= 3.0, "{}: {ratio:.1}", role.name());
        }
    }
}

#[test]
fn verdicts_stay_apart_for_every_kind_of_colour_vision() {
    for background in [Background::Dark, Background::Light] {
        let theme = theme(Choice::ColourBlind, background, Depth::TrueColour);
        for (one, other) in
            [(Role::Ok, Role::Warn), (Role::Ok, Role::Danger), (Role::Warn, Role::Danger), (Role::TrackA, Role::TrackB)]
        {
            for (vision, matrix) in VISIONS {
                let colour = |role| seen(theme.style(role).fg.expect("a colour"), matrix);
                let apart = colour(one).iter().zip(colour(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                let shape = theme.style(one).add_modifier != theme.style(other).add_modifier;
                assert!(apart > 60.0 || shape, "{background:?} {vision}: {one:?} and {other:?} are {apart:.0} apart");
            }
        }
    }
}

#[test]
fn an_own_file_overlays_role_by_role_and_its_faults_cost_one_role() {
    let text = "[roles]\ntext = \"bold red\"\nmuted = \"rde\"\nbordr = \"red\"\nok = 3\n[other]\nx = 1\n";
    let own = Source::new("theme.toml", text);
    let (theme, faults) = Theme::new(Choice::Dark, Background::Dark, Depth::TrueColour, Some(&own));
    let built_in = self::theme(Choice::Dark, Background::Dark, Depth::TrueColour);
    assert_eq!(theme.style(Role::Text).fg, Some(Color::Red));
    for role in [Role::Muted, Role::Border, Role::Ok] {
        assert_eq!(theme.style(role), built_in.style(role));
    }
    let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column)).collect();
    assert_eq!(places, [(3, 9), (4, 1), (5, 6), (7, 1)], "{faults:?}");
    assert_eq!(faults[1].help.as_deref(), Some("did you mean `border`?"));
}

/// Machado, Oliveira and Fernandes (2009), full severity.
const VISIONS: [(&str, [[f64; 3]; 3]); 3] = [
    ("protan", [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    ("deutan", [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    ("tritan", [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
];

fn seen(colour: Color, matrix: [[f64; 3]; 3]) -> [f64; 3] {
    let rgb = channels(colour);
    matrix.map(|row| row.iter().zip(rgb).map(|(weight, channel)| weight * channel).sum::<f64>().clamp(0.0, 255.0))
}

fn channels(colour: Color) -> [f64; 3] {
    match colour {
        Color::Rgb(r, g, b) => [r, g, b].map(f64::from),
        other => panic!("a built-in theme names {other:?}; only true colours can be judged"),
    }
}

/// The contrast ratio of WCAG 2.
fn contrast(a: Color, b: Color) -> f64 {
    let luminance = |colour| {
        let linear = channels(colour).map(|channel| {
            let part = channel / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
