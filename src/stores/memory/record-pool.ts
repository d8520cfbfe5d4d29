/** Bytes of a block. The record of a user with one session and one key fills one of them. */
const BLOCK_BYTES = 128;
/** In words of four bytes: a block; and at its head the number of the block that goes on, then the record's length. */
const BLOCK_WORDS = BLOCK_BYTES / 4;
const NEXT_WORD = 0;
const LENGTH_WORD = 1;
const HEAD_BYTES = 8;
const CONTENT_BYTES = BLOCK_BYTES - HEAD_BYTES;

const CHUNK_BITS = 13;
const CHUNK_BLOCKS = 2 ** CHUNK_BITS;

/** No block has this number. */
const NONE = 0;

/** Memory of CHUNK_BLOCKS blocks. */
interface Chunk {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
}

/**
 * Records outside of V8's heap, each a chain of blocks. On the heap a million texts are walked through whenever all of it is
 * collected, while the process stands still; and it keeps room to grow in proportion to what it holds. What is released is
 * wiped, and its blocks are taken again; memory is not given back.
 *
 * A record has the number of its first block until it is released. Contents are texts of one character a byte.
 */
export class RecordPool {
  readonly #chunks: Chunk[] = [];
  /** The block that was released last; each names the one before. */
  #released = NONE;
  #blocks = NONE + 1;
  readonly #allocate: (bytes: number) => ArrayBuffer;

  /** @param allocate memory of nothing but zeros */
  constructor(allocate = (bytes: number) => new ArrayBuffer(bytes)) {
    this.#allocate = allocate;
  }

  /**
   * Takes a record, and tells its number.
   *
   * @param content at least one byte, as always
   */
  add(content: string): number {
    const record = this.#take();
    this.write(record, content);
    return record;
  }

  write(record: number, content: string): void {
    this.#setHead(record, LENGTH_WORD, content.length);
    this.#fill(record, content);
    let block = record;
    for (let at = CONTENT_BYTES; at < content.length; at += CONTENT_BYTES) {
      const next = this.#next(block) || this.#take();
      this.#setHead(block, NEXT_WORD, next);
      this.#fill(next, content.slice(at));
      block = next;
    }
    const left = this.#next(block);
    this.#setHead(block, NEXT_WORD, NONE);
    this.release(left);
  }

  /** Writes a part of a content over what is at this place in it. */
  overwrite(record: number, place: number, part: string): void {
    let block = record;
    let at = place;
    for (; at >= CONTENT_BYTES; at -= CONTENT_BYTES) block = this.#next(block);
    let written = this.#put(block, at, part);
    while (written < part.length) {
      block = this.#next(block);
      written += this.#put(block, 0, part.slice(written));
    }
  }

  /** What is in the record; undefined where none has this number. */
  read(record: number): string | undefined {
    let left = this.#head(record, LENGTH_WORD);
    if (left === 0) return undefined;
    let content = this.#text(record, Math.min(left, CONTENT_BYTES));
    for (let block = this.#next(record); block !== NONE; block = this.#next(block)) {
      left -= CONTENT_BYTES;
      content += this.#text(block, Math.min(left, CONTENT_BYTES));
    }
    return content;
  }

  release(record: number): void {
    for (let block = record; block !== NONE;) {
      const next = this.#next(block);
      const { words } = this.#chunk(block);
      const start = indexOf(block) * BLOCK_WORDS;
      words.fill(0, start, start + BLOCK_WORDS);
      words[start + NEXT_WORD] = this.#released;
      this.#released = block;
      block = next;
    }
  }

  /** A block of nothing but zeros. */
  #take(): number {
    const block = this.#released;
    if (block !== NONE) {
      this.#released = this.#next(block);
      this.#setHead(block, NEXT_WORD, NONE);
      return block;
    }
    if (this.#blocks >>> CHUNK_BITS === this.#chunks.length) {
      const memory = this.#allocate(CHUNK_BLOCKS * BLOCK_BYTES);
      this.#chunks.push({ bytes: Buffer.from(memory), words: new Uint32Array(memory) });
    }
    return this.#blocks++;
  }

  /** As much of the content as there is room for, and zeros behind it. */
  #fill(block: number, content: string): void {
    const written = this.#put(block, 0, content);
    const start = indexOf(block) * BLOCK_BYTES + HEAD_BYTES;
    this.#chunk(block).bytes.fill(0, start + written, start + CONTENT_BYTES);
  }

  /** As much of the text as there is room for from this byte of the block on, and tells how much that was. */
  #put(block: number, at: number, text: string): number {
    const start = indexOf(block) * BLOCK_BYTES + HEAD_BYTES;
    return this.#chunk(block).bytes.write(text, start + at, CONTENT_BYTES - at, 'latin1');
  }

  #text(block: number, length: number): string {
    const start = indexOf(block) * BLOCK_BYTES + HEAD_BYTES;
    return this.#chunk(block).bytes.toString('latin1', start, start + length);
  }

  #next(block: number): number {
    return this.#head(block, NEXT_WORD);
  }

  #head(block: number, word: number): number {
    return this.#chunk(block).words[indexOf(block) * BLOCK_WORDS + word] ?? 0;
  }

  #setHead(block: number, word: number, value: number): void {
    this.#chunk(block).words[indexOf(block) * BLOCK_WORDS + word] = value;
  }

  #chunk(block: number): Chunk {
    const chunk = this.#chunks[block >>> CHUNK_BITS];
    if (chunk === undefined) throw new RangeError('No block has this number.');
    return chunk;
  }
}

/** Where in its chunk a block is. */
function indexOf(block: number): number {
  return block % CHUNK_BLOCKS;
}
