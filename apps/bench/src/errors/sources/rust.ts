import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Rust and Cargo, without a network. */
export const rust: Source = {
  tool: 'rust',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['rustc', 'cargo']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'name',
          'contract.value',
          (v) => `${scratch} echo 'fn main() { ${v.name()}_x(); }' > a.rs; rustc a.rs`,
        ],
        [
          'types',
          'contract.value',
          (v) => `${scratch} echo 'fn main() { let a: i32 = "${v.word()}"; }' > a.rs; rustc a.rs`,
        ],
        [
          'crate',
          'exec.dependency',
          (v) => `${scratch} echo 'use ${v.word()}_x::B; fn main() { }' > a.rs; rustc --edition 2021 a.rs`,
        ],
        [
          'syntax',
          'contract.value',
          (v) => `${scratch} echo 'fn main() { let = ${v.integer(2, 99)}; }' > a.rs; rustc a.rs`,
        ],
        [
          'moved',
          'contract.value',
          (v) =>
            `${scratch} echo 'fn main() { let ${v.pick(['a', 'b', 'c'])} = ${v.integer(2, 99)}; let q = String::new(); drop(q); drop(q); }' > a.rs; rustc a.rs`,
        ],
        ['file', 'state.not_found', (v) => `rustc ${v.path()}`],
        ['option', 'exec.dependency', (v) => `rustc --${v.word()}s a.rs`],
        [
          'edition',
          'contract.value',
          (v) => `${scratch} echo > a.rs; rustc --edition ${v.integer(1990, 2014)} a.rs`,
        ],
        [
          'target',
          'contract.value',
          (v) => `${scratch} echo > a.rs; rustc --target ${v.word()}-${v.word()} a.rs`,
        ],
        ['cargo-none', 'state.not_found', () => `${scratch} cargo build`],
        ['cargo-command', 'exec.dependency', (v) => `cargo ${v.word()}x`],
        ['cargo-option', 'exec.dependency', (v) => `cargo build --${v.word()}s`],
        ['cargo-exists', 'state.conflict', (v) => `${scratch} d=${v.word()}; mkdir $d; cargo new $d`],
        ['cargo-name', 'contract.value', (v) => `${scratch} cargo new ${v.integer(2, 99)}${v.word()}`],
        [
          'cargo-manifest',
          'contract.value',
          (v) => `${scratch} echo '${v.phrase()}' > Cargo.toml; cargo build`,
        ],
        [
          'cargo-bin',
          'state.not_found',
          (v) => `${scratch} cargo init -q --name a; cargo run --offline --bin ${v.word()}x`,
        ],
        [
          'cargo-example',
          'state.not_found',
          (v) => `${scratch} cargo init -q --name a; cargo run --offline --example ${v.word()}x`,
        ],
        [
          'cargo-feature',
          'state.not_found',
          (v) => `${scratch} cargo init -q --name a; cargo build --offline --features ${v.word()}x`,
        ],
      ]),
    }
  },
}
