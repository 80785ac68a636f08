/** Reads the markup in .tsx sources, to find what must not stand there. */
import { parseSync, Visitor, type ESTree } from 'vite';

/** Attributes that a reader sees or hears, of elements and of the design system's components. */
const spoken = /^(title|alt|placeholder|label|lead|eyebrow|caption|header|heading|description|term|text|note|hint|error|message|aria-(label|description|placeholder|roledescription|valuetext))$|Label$/;
const letters = /\p{L}/u;

/** Texts in markup that a reader would see and no translator could: `line: text`. */
export function findLiteralText(file: string, source: string): string[] {
  const found: string[] = [];
  const report = (node: { start: number }, text: string) => {
    if (letters.test(text)) found.push(`${file}:${lineOf(source, node.start)}: ${text.trim()}`);
  };
  const reportExpression = (node: ESTree.Node): void => {
    if (node.type === 'Literal' && typeof node.value === 'string') report(node, node.value);
    if (node.type === 'TemplateLiteral') report(node, node.quasis.map((part) => part.value.raw).join(''));
    if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(reportExpression);
    if (node.type === 'LogicalExpression') [node.left, node.right].forEach(reportExpression);
    if (node.type === 'BinaryExpression' && node.operator === '+') [node.left, node.right].forEach(reportExpression);
  };
  const reportChildren = ({ children }: { children: ESTree.JSXChild[] }): void => {
    for (const child of children) if (child.type === 'JSXExpressionContainer') reportExpression(child.expression);
  };
  visit(file, source, {
    JSXText: (node) => report(node, node.value),
    JSXElement: reportChildren,
    JSXFragment: reportChildren,
    JSXAttribute(node) {
      if (node.name.type !== 'JSXIdentifier' || !spoken.test(node.name.name) || !node.value) return;
      reportExpression(node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value);
    },
  });
  return found;
}

/** `style` attributes: the content security policy refuses them in the server's HTML. */
export function findStyleAttributes(file: string, source: string): string[] {
  const found: string[] = [];
  visit(file, source, {
    JSXAttribute(node) {
      if (node.name.type === 'JSXIdentifier' && node.name.name === 'style') found.push(`${file}:${lineOf(source, node.start)}`);
    },
  });
  return found;
}

function visit(file: string, source: string, visitor: ConstructorParameters<typeof Visitor>[0]): void {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`);
  new Visitor(visitor).visit(program);
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
