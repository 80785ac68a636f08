/** What a message needs from its caller, read from its ICU syntax. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

export type ParameterKind = 'text' | 'number' | 'date' | 'choice' | 'tag';

export interface MessageParameters {
  parameters: Map<string, ParameterKind>;
  /** Plural categories of every cardinal plural in the message. */
  plurals: string[][];
}

/** Throws a SyntaxError where the message is not valid ICU MessageFormat. */
export function readParameters(message: string): MessageParameters {
  const found: MessageParameters = { parameters: new Map(), plurals: [] };
  collect(parse(message), found);
  return found;
}

function collect(elements: MessageFormatElement[], found: MessageParameters): void {
  for (const element of elements) {
    switch (element.type) {
      case TYPE.argument:
        if (!found.parameters.has(element.value)) found.parameters.set(element.value, 'text');
        break;
      case TYPE.number:
        found.parameters.set(element.value, 'number');
        break;
      case TYPE.date:
      case TYPE.time:
        found.parameters.set(element.value, 'date');
        break;
      case TYPE.plural:
        found.parameters.set(element.value, 'number');
        if (element.pluralType === 'cardinal') found.plurals.push(Object.keys(element.options));
        for (const option of Object.values(element.options)) collect(option.value, found);
        break;
      case TYPE.select:
        found.parameters.set(element.value, 'choice');
        for (const option of Object.values(element.options)) collect(option.value, found);
        break;
      case TYPE.tag:
        found.parameters.set(element.value, 'tag');
        collect(element.children, found);
        break;
      case TYPE.literal:
      case TYPE.pound:
        break;
    }
  }
}
