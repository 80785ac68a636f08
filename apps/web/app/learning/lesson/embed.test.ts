import { expect, test } from 'vitest';
import { playerOf } from './embed.ts';

test.each([
  ['https://www.youtube.com/watch?v=abcDEF12345&t=9', 'https://www.youtube-nocookie.com/embed/abcDEF12345'],
  ['https://youtu.be/abcDEF12345', 'https://www.youtube-nocookie.com/embed/abcDEF12345'],
  ['https://m.youtube.com/shorts/abcDEF12345', 'https://www.youtube-nocookie.com/embed/abcDEF12345'],
  ['https://vimeo.com/123456789', 'https://player.vimeo.com/video/123456789?dnt=1'],
  ['http://www.youtube.com/watch?v=abcDEF12345', null],
  ['https://youtube.com.evil.example/watch?v=abcDEF12345', null],
  ['https://www.youtube.com/watch?v="><script>', null],
  ['https://vimeo.com/about', null],
  ['javascript:alert(1)', null],
  ['not an address', null],
])('%s plays at %s', (address, player) => {
  expect(playerOf(address)).toBe(player);
});
