/** Pull iterators: lazy, closeable sequences that are asked for one element at a time. */
module dev.heddle.iter {
  requires static transitive org.jspecify;

  exports dev.heddle.iter;
}
