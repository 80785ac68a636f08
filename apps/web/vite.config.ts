import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messageCatalogues } from './i18n/plugin.ts';
import { plainIcons, serverAlone } from './plugins.ts';

export default defineConfig({
  plugins: [tailwindcss(), messageCatalogues(), plainIcons(), serverAlone(), reactRouter()],
  build: {
    manifest: true,
    target: 'es2022',
    // Fonts and pictures stay files: `data:` fonts are refused by the content security policy.
    assetsInlineLimit: 0,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          // Imported for the server's page at once, and by the browser later: nothing but what is used holds them.
          treeshake: { moduleSideEffects: [{ test: /\/app\/(catalog\/(open-cohorts|related)|reviews\/(course-reviews|recommendations))\.tsx$/, sideEffects: false }] },
          output: {
            entryFileNames: 'assets/[name]-[hash].js',
            codeSplitting: {
              groups: [
                // React and the router change only with their versions: one file, cached across releases.
                { name: 'framework', test: /node_modules\/(react|react-dom|react-router|scheduler)\//, priority: 2 },
                // What the catalogue and the page of a course have in common: together it is smaller than in ten files.
                { name: 'catalogue', test: /\/app\/catalog\/(facts|filters|share-tags)\.tsx?$|packages\/ui\/components\/(card|cover|motifs|seed)\.tsx?$|lucide-react\/dist\/esm\/icons\/(star|book-open|clock|search)\.mjs$/, priority: 0 },
                { name: 'reviews', test: /\/app\/reviews\/(course-reviews|rating-summary|review-card|recommendations|stars)\.tsx$|packages\/ui\/components\/chart\.tsx$/, priority: 0 },
                // What every page has, in one request, with all that it is made of.
                { name: 'shell', test: /\/app\/(page|catalog\/(paths|language)|shell\/(frame|errors|title|refused)|i18n\/(index|store))\.tsx?$|lucide-react\/dist\/esm\/icons\/(check|chevron-down|circle)\.mjs$/, priority: 1 },
              ],
            },
          },
        },
      },
    },
    ssr: {
      build: { rollupOptions: { input: './app/handler.ts' } },
      // One self-contained file with React's production build, whatever NODE_ENV the server runs with.
      resolve: { noExternal: true },
      define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    },
  },
});
