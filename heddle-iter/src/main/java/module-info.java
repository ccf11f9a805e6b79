/**
 * Pull iterators: lazy, closeable sequences that are asked for one element at a time, and generators, which compute them by
 * code that is suspended between two elements.
 */
module dev.heddle.iter {
  requires static transitive org.jspecify;
  requires dev.heddle.base;

  exports dev.heddle.iter;
  exports dev.heddle.iter.spi;
}
