/** What covers are made of: each motif turns dice into a few paths on a canvas of 320 by 180. */

export type Shape = {
  /** Which of the palette's six colours: 0 ground, 1 main, 2 its light, 3 its dark, 4 contrast, 5 sun. */
  colour: 0 | 1 | 2 | 3 | 4 | 5;
  d: string;
  /** A stroke of this width instead of a fill; round caps, so a dash of 0 draws dots. */
  line?: number;
  dash?: string;
};
type Dice = () => number;

export const MOTIFS = { field, hills, leaves, maize, blossoms, terraces } as const;
export type Motif = keyof typeof MOTIFS;

/** Furrows that run to the horizon under a sun. */
function field(roll: Dice): Shape[] {
  const horizon = 62 + whole(roll, 24);
  const vanishing = 70 + whole(roll, 180);
  const width = 36 + whole(roll, 14);
  const rows = Array.from({ length: 17 }, (_, i) => vanishing + (i - 8) * width * 2);
  const furrows = rows.map(x => `M${vanishing} ${horizon}L${x} 180h${width}z`).join('');
  const plants = rows.slice(4, 13).flatMap(x => [0.34, 0.56, 0.86].map(depth => {
    const at = (from: number, to: number) => Math.round(from + (to - from) * depth);
    return sprout(at(vanishing, x + width * 1.5), at(horizon, 180), 4 + 19 * depth ** 1.6);
  })).join('');
  return [
    circle(5, 40 + whole(roll, 240), horizon - 14 - whole(roll, 22), 20 + whole(roll, 12)),
    { colour: 2, d: `M0 ${horizon}V${horizon - 20}Q${60 + whole(roll, 60)} ${horizon - 48} 190 ${horizon - 10}T320 ${horizon - 18}V${horizon}z` },
    { colour: 1, d: `M0 ${horizon}h320V180H0z` },
    { colour: 3, d: furrows },
    { colour: 2, d: plants },
  ];
}

/** Hills behind hills, the near ones ploughed along their backs. */
function hills(roll: Dice): Shape[] {
  const shapes: Shape[] = [circle(5, 50 + whole(roll, 220), 40 + whole(roll, 24), 22 + whole(roll, 14))];
  const order = [2, 1, 4, 3] as const;
  order.forEach((colour, i) => {
    const y = 66 + i * 30;
    const lift = 20 + whole(roll, 26);
    const side = roll() < 0.5 ? -1 : 1;
    const crest = 60 + whole(roll, 50);
    const back = (down: number) => `M-9 ${y + side * 10 + down}Q${crest} ${y - side * lift + down} 160 ${y + down}T330 ${y + down - side * 8}`;
    shapes.push({ colour, d: `${back(0)}V180H-9z` });
    if (i > 0) shapes.push({ colour: i === 2 ? 5 : 2, d: [12, 22, 32].map(back).join(''), line: i === 2 ? 4 : 1.5, ...(i === 2 && { dash: '0 11' }) });
  });
  return shapes;
}

/** A quilt of leaves. */
function leaves(roll: Dice): Shape[] {
  const patches = new Map<Shape['colour'], string>();
  const blades = new Map<Shape['colour'], string>();
  const put = (into: Map<Shape['colour'], string>, colour: Shape['colour'], d: string) => into.set(colour, (into.get(colour) ?? '') + d);
  const colours = [1, 2, 3, 4, 5, 1] as const;
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 6; column++) {
      const [x, y] = [column * 60 - 20, row * 60];
      const ground = roll() < 0.4 ? undefined : pick(roll, colours);
      if (ground !== undefined) put(patches, ground, `M${x} ${y}h60v60h-60z`);
      const green = ground === undefined ? pick(roll, colours) : ([3, 5, 5, 2, 0, 3] as const)[ground];
      const kind = roll();
      if (kind < 0.78) put(blades, green, roll() < 0.5 ? `M${x} ${y}a60 60 0 0 1 60 60a60 60 0 0 1-60-60` : `M${x + 60} ${y}a60 60 0 0 1-60 60a60 60 0 0 1 60-60`);
      else put(blades, green, `M${x + 14} ${y + 30}a16 16 0 0 1 32 0a16 16 0 0 1-32 0`);
    }
  }
  return [...patches, ...blades].map(([colour, d]) => ({ colour, d }));
}

/** Cobs of maize in their husks. */
function maize(roll: Dice): Shape[] {
  const cobs = 2 + whole(roll, 2);
  return Array.from({ length: cobs }, (_, i) => {
    const x = Math.round((320 / cobs) * (i + 0.5)) + whole(roll, 24) - 12;
    const y = 10 + whole(roll, 22);
    const tall = 142;
    const column = (bulge: number) => `M${x} ${y}q${bulge} ${tall / 2} 0 ${tall}`;
    const grain: Shape['colour'] = i % 2 === 0 ? 5 : 4;
    return [
      { colour: 3, d: blade(x, 186, x - 64, y + 46, 30) + blade(x, 186, x + 64, y + 40, -30) },
      { colour: grain, d: `M${x} ${y - 8}q60 ${tall / 2} 0 ${tall}q-60-${tall / 2} 0-${tall}` },
      { colour: grain === 5 ? 0 : 5, d: [-40, -20, 0, 20, 40].map(column).join(''), line: 7, dash: '0 11.5' },
      { colour: 1, d: blade(x, 190, x - 40, y + 72, -34) + blade(x, 190, x + 42, y + 66, 34) },
      { colour: 2, d: blade(x, 192, x - 2, y + 92, 22) },
    ] satisfies Shape[];
  }).flat();
}

/** Squash blossoms on their leaves. */
function blossoms(roll: Dice): Shape[] {
  const places = [[44, 56], [146, 118], [250, 52], [312, 150], [8, 158]] as const;
  return places.flatMap(([left, top], i) => {
    const [x, y] = [left + whole(roll, 24) - 12, top + whole(roll, 20) - 10];
    const size = 34 + whole(roll, 26);
    const petals = 5 + whole(roll, 2);
    const turn = roll() * Math.PI;
    const ring = (length: number, count: number, offset: number, width: number) =>
      Array.from({ length: count }, (_, n) => {
        const angle = turn + offset + (n * 2 * Math.PI) / count;
        return blade(x, y, Math.round(x + length * Math.cos(angle)), Math.round(y + length * Math.sin(angle)), width);
      }).join('');
    const [petal, heart] = i % 2 === 0 ? ([4, 5] as const) : ([5, 4] as const);
    return [
      { colour: i % 2 === 0 ? 1 : 3, d: ring(size * 1.5, 3, 0.5, size * 0.62) },
      { colour: petal, d: ring(size, petals, 0, size * 0.42) },
      circle(heart, x, y, Math.round(size / 4)),
    ] satisfies Shape[];
  });
}

/** Terraces, one around the other, with what grows on them. */
function terraces(roll: Dice): Shape[] {
  const order = [3, 1, 2, 4, 5] as const;
  const rings = (x: number, y: number, step: number): Shape[] => order.flatMap((colour, i) => {
    const radius = step * (5 - i);
    const planted = circle(colour === 5 ? 4 : i % 2 === 0 ? 5 : 0, x, y, Math.round(radius - step / 2));
    return [circle(colour, x, y, radius), ...(i < 4 ? [{ ...planted, line: 3.5, dash: i % 2 === 0 ? '0 10' : '7 8' }] : [])];
  });
  const left = roll() < 0.5;
  return [...rings(left ? 300 : 20, 20 + whole(roll, 30), 24 + whole(roll, 6)), ...rings(left ? 70 : 250, 170 + whole(roll, 20), 26 + whole(roll, 8))];
}

function sprout(x: number, y: number, size: number): string {
  const s = Math.round(size);
  return `M${x} ${y}q-${s} 0-${s}-${s}q${s} 0 ${s} ${s}q0-${s} ${s}-${s}q0 ${s}-${s} ${s}`;
}

/** A leaf from one point to another; the width is that of its belly, negative to bend it the other way. */
function blade(fromX: number, fromY: number, toX: number, toY: number, width: number): string {
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  const [acrossX, acrossY] = [((fromY - toY) / length) * width, ((toX - fromX) / length) * width];
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const bend = (half: number, side: number) => `${Math.round(alongX * half + acrossX * side)} ${Math.round(alongY * half + acrossY * side)}`;
  return `M${fromX} ${fromY}q${bend(0.5, 1)} ${alongX} ${alongY}q${bend(-0.5, -1)} ${-alongX} ${-alongY}`;
}

function circle(colour: Shape['colour'], x: number, y: number, radius: number): Shape {
  return { colour, d: `M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1-${2 * radius} 0` };
}

function whole(roll: Dice, below: number): number {
  return Math.floor(roll() * below);
}

function pick<T>(roll: Dice, from: readonly [T, ...T[]]): T {
  return from[whole(roll, from.length)] ?? from[0];
}
