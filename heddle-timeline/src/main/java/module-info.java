/** Who ran when: spans of work, recorded and shown as text, SVG, HTML and Chrome trace. */
module dev.heddle.timeline {
  requires static transitive org.jspecify;
  requires dev.heddle.base;

  exports dev.heddle.timeline;
}
