// The public members of a type, as the runtime lists them (leanclr_type_members); asked for once per type.

import type { Values } from './values.js';
import { parseField, type FieldShape } from './shapes.js';

export interface MethodMember {
  name: string;
  method: number;
  isStatic: boolean;
  parameters: number;
  typeParameters: number;
}

export interface Members {
  methods: MethodMember[];
  fields: FieldShape[];
  staticFields: FieldShape[];
  /** Literal fields, their values as texts (defaults.ts). */
  constants: { name: string; text: string }[];
  /** Value texts. */
  interfaces: string[];
}

const lists = new WeakMap<Values, Map<number, Members>>();

/** What a type declares itself. */
export function membersOf(values: Values, type: number): Members {
  let known = lists.get(values);
  if (!known) lists.set(values, known = new Map());
  let members = known.get(type);
  if (!members) known.set(type, members = parse(values.shapes.text(values.instance.exports.leanclr_type_members, type)));
  return members;
}

function parse(text: string): Members {
  const members: Members = { methods: [], fields: [], staticFields: [], constants: [], interfaces: [] };
  for (const line of text.split('\n')) {
    const rest = line.slice(1);
    switch (line[0]) {
      case 'm': case 's': {
        const [method, parameters, typeParameters, name] = rest.split(' ');
        members.methods.push({ name, method: Number(method), isStatic: line[0] === 's', parameters: Number(parameters), typeParameters: Number(typeParameters) });
        break;
      }
      case 'F':
        members.fields.push(parseField(rest));
        break;
      case 'S':
        members.staticFields.push(parseField(rest));
        break;
      case 'L': {
        const [constant, ...name] = rest.split(' ');
        members.constants.push({ name: name.join(' '), text: constant });
        break;
      }
      case 'i':
        members.interfaces.push(rest);
        break;
    }
  }
  return members;
}
