/**
 * The bytes of a Base64 text, or undefined where it is not canonical: RFC 4648 section 4, padded, no white space, unused
 * bits zero (section 3.5). `Buffer.from` alone skips what is not Base64, which turns a '+' that a URL decoder made a space
 * into a decryption failure. Written out again, the bytes give the canonical text and no other.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
