/** Lets so many go at a time; the others wait in line. */
export class Slots {

  #free;

  #line = [];

  constructor(number) {
    this.#free = number;
  }

  async acquire() {
    if (this.#free === 0) {
      await new Promise((resolve) => this.#line.push(resolve));
    } else {
      this.#free--;
    }
  }

  release() {
    const next = this.#line.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}
