/**
 * Decodes Base64; undefined if the text is not canonical: RFC 4648 section 4, padded, no white space, unused bits zero
 * (section 3.5). `Buffer.from` alone skips invalid characters, so a '+' that URL decoding turned into a space would
 * surface only as a decryption failure. Encoding the bytes again shows whether the text was canonical.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
