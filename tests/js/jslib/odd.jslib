// What a scanner can stumble over, and what only sloppy code may write. It is converted and looked at, not called by C#.
mergeInto(LibraryManager.library, {
  A: function (x) {
    var a = 1,
        b = { c: 2, 'd': [3, 4] }, { e, f: [g, h = 5], ...rest } = { e: 1, f: [1] }
    undeclared1 = a
    const k = (p, q = 1) => { p = q; return p }, l = async r => r++
    for (const [m, n] of Object.entries(b)) { m.x = n }
    for (undeclared2 in b) ;
    for (undeclared3 of []) ;
    label: for (;;) { break label }
    switch (x) { case 1: { b = 2; break } case a ? 1 : 2: x = { y: 1 } / 2; default: { } }
    try { undeclared4++ } catch { } finally { }
    try { } catch (err) { err = 1 }
    class P extends Object { #z = 1; static s = 2; field = 3; static { this.q = 1 } get w() { return this.#z } m(v) { v = 1; undeclared5 = 2 } }
    if (x) /re[/]{/.test(x)
    x = x ? { b: 1 } : { c: 2 }
    x = a?.b ?? (a ? .5 : 1_000n)
    var t = `a${ `b${ { z: '}' }.z }` }c` / 2 / 1
    function inner(i) { i = 2; inner = 3; return arguments.length }
    var j; j = { get: 1, set: 2, async: 3, get v() { return 1 }, async *gen() { yield* [] }, [x + 1]: 2, get(key) { key = 1 }, "q": function named() { named = 1 } }
    ;[undeclaredArr] = [1]
    while (x) do { x-- } while (x / 2 / 3)
    return x
      / 2 / 1
  },
  B: () => { let HEAPU8 = 1; return HEAPU8 },
  C: function() { return "\033[0m\0" + '\08' + 017 + 0x1F + 08; },
  E: function (a) { undeclared6 = a /* c */ ; return a }
});
