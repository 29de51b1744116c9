//! The built-in maps, and what a reader's file does to them.

use super::*;
#[test]
fn show() {
    for p in Preset::ALL {
        let (t, n) = p.source();
        let (_, pr) = super::file::read(t, n, Some(p));
        println!("{}", render(&pr, t, n, false));
        let base = if p == Preset::Default { Keymap::preset(Preset::None) } else { Keymap::built_in() };
        let (_, pr) = super::merge::merge(&base, super::file::read(t, n, Some(p)).0, t, n);
        println!("{}", render(&pr, t, n, false));
    }
    println!("{}", Keymap::built_in().to_toml());
    for t in [
        "[read]\n\"j\" = line_down\n\"k\" = \"quti\"\n\"g g\" = \n\"G\" \"bottom\"\n\"x\" = \"swap\"\n\"x\" = \"top\"\n[list\n\"j\" = \"top\"\n[pager]\n\"k\" = \"top\"\n[read]\n\"g\" = \"line_up\"\n\"A-[\" = \"x\"",
        "[read]\n\"g\" = \"line_up\"\n\"C-i\" = \"swap\"\n\"S-g\" = \"next_match\"\n\"5\" = true\n\"y\" = \"top\"\n\"y y\" = [\"bottom\", \"botom\"]\n\"w\" = false\n\"f1 a\" = 7\n\"f1 b\" = \"top\"\nq = { runn = \"quit\" }\n[raed]\nx=1\n[layout]\nfrom = \"ab\"\ninto = \"c\"\n",
        "preset = \"none\"\n[read]\nj = \"line_down\"",
        "preset = \"none\"\n[read]\nq = \"quit\"",
        "[read]\nq = false\n\"Z Z\" = \"top\"",
        "[read]\nq = \"\"\"quit\n a b c\n[list]\nx = 3",
    ] {
        let (_, p) = Keymap::with_overlay(t, "keymap.toml");
        println!("=====\n{}", render(&p, t, "keymap.toml", false));
        for p in &p {
            println!("{p}");
        }
    }
}
