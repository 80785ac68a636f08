// Builds the web application unless it stands as its sources are now.
import { buildWeb, webBuildIsFresh } from '../apps/web/build.ts';

if (webBuildIsFresh()) console.log('The web application is built already');
else await buildWeb((line) => console.log(line));
