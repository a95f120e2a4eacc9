// [JSImport] and [JSExport] as the SDK's source generator compiles them.
import { expect } from 'chai';
import { withHost } from './support/host.mjs';
import { interopTests } from './support/paths.mjs';

const withInterop = (use, options = {}) => withHost({ assemblies: [interopTests.output], ...options }, use);

describe('[JSImport] and [JSExport]', () => {
  it('call functions and are called', () => withInterop(async (clr) => {
    clr.setModuleImports('main.js', { add: (a, b) => a + b });
    expect(await clr.runMain('InteropTests')).to.equal(0);
    expect(clr.text.stdout).to.equal('42\n');
    const { Basics } = await clr.getAssemblyExports('InteropTests');
    expect(Basics.Multiply(6, 7)).to.equal(42);
  }));
});
