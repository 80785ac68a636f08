/** A manifest of version 1.1 for tests, from the XML of its items and resources. */
export function manifest(items: string, resources: string, extra: { metadata?: string; prolog?: string } = {}): string {
  return `${extra.prolog ?? '<?xml version="1.0" encoding="UTF-8"?>'}
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
  <metadata>
    <schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
    ${extra.metadata ?? '<lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string language="es-MX">El maíz</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom>'}
  </metadata>
  <organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">${items}</item></organization></organizations>
  <resources>${resources}</resources>
</manifest>`;
}

export function item(title: string, ref: string): string {
  return `<item identifier="i-${ref}" identifierref="${ref}"><title>${title}</title></item>`;
}

export function module(title: string, ...items: string[]): string {
  return `<item identifier="m-${title}"><title>${title}</title>${items.join('')}</item>`;
}

/** A resource whose first file is its main one. */
export function resource(id: string, type: string, ...files: string[]): string {
  return `<resource identifier="${id}" type="${type}" href="${files[0] ?? ''}">${files.map((href) => `<file href="${href}"/>`).join('')}</resource>`;
}

/** The smallest course: one module, one page. */
export function tinyCartridge(page: string | Buffer = '<p>Hola</p>'): Record<string, string | Buffer> {
  return { 'imsmanifest.xml': manifest(module('Uno', item('Página', 'p')), resource('p', 'webcontent', 'page.html')), 'page.html': page };
}
