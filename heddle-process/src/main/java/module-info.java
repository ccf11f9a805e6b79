/** The process pool: worker JVMs behind the executor contract. */
module dev.heddle.process {
  requires static transitive org.jspecify;
  requires dev.heddle.base;
  requires dev.heddle.codec;
  requires dev.heddle.dispatch;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires jdk.jfr;
  requires jdk.unsupported; // signals of the terminal, in workers

  exports dev.heddle.process;
}
