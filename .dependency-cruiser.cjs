/** The walls of the house. Each rule has an example that breaks it in tests/boundaries.test.ts. */
module.exports = {
  forbidden: [
    { name: 'no-circles', comment: 'Modules form a tree.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'module-door', comment: 'Another module is entered by its index.ts, or by its contract; never by a file inside.', severity: 'error',
      from: { path: '^modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^modules/', pathNot: ['^modules/$1/', '^modules/[^/]+/(index|contract)\\.ts$'] },
    },
    {
      name: 'module-door-of-tests', comment: 'A test enters another module by its doors too, or by what that keeps for tests.', severity: 'error',
      from: { path: '^modules/([^/]+)/.*\\.test\\.ts$' },
      to: { path: '^modules/', pathNot: ['^modules/$1/', '^modules/[^/]+/(index|contract)\\.ts$', '/testing/'] },
    },
    {
      name: 'kernel-knows-no-module', comment: 'The kernel stands on nothing of ours.', severity: 'error',
      from: { path: '^packages/kernel/' }, to: { path: '^(modules|apps|flows|blueprints|packages/(ui|testkit))/' },
    },
    {
      name: 'modules-know-no-app', comment: 'Modules do not know who runs them.', severity: 'error',
      from: { path: '^modules/', pathNot: '\\.test\\.ts$' }, to: { path: '^(apps|flows|blueprints|packages/testkit)/' },
    },
    {
      name: 'contracts-are-for-browsers', comment: 'A contract needs nothing but other contracts and Zod.', severity: 'error',
      from: { path: '(^modules/.*|^packages/kernel/)contract\\.ts$' },
      to: { pathNot: ['contract\\.ts$', 'node_modules/zod/'] },
    },
    {
      name: 'web-reads-contracts', comment: 'Screens know modules by their contracts only.', severity: 'error',
      from: { path: '^apps/web/app/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(modules|packages/kernel|apps/server|flows|blueprints)/', pathNot: 'contract\\.ts$' },
    },
    {
      name: 'nobody-imports-listeners', comment: 'Messaging and insights listen; nobody calls them.', severity: 'error',
      from: { path: '^modules/' , pathNot: '^modules/(messaging|insights)/' }, to: { path: '^modules/(messaging|insights)/' },
    },
    {
      name: 'no-tests-in-product', comment: 'The product does not need its tests.', severity: 'error',
      from: { path: '^(apps|modules|packages|flows)/', pathNot: '(\\.test\\.tsx?$|^packages/testkit/|/testing/|test-bed\\.ts$)' }, to: { path: '(\\.test\\.tsx?$|^packages/testkit/)' },
    },
    { name: 'resolvable', comment: 'What is imported exists.', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '(^virtual:|\\+types/)' } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.react-router|gallery)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
