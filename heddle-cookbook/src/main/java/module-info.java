/** The cookbook: runnable example programs. */
module dev.heddle.cookbook {
  requires static transitive org.jspecify;
  requires dev.heddle.asyncio;
  requires dev.heddle.cluster;
  requires dev.heddle.flags;
  requires dev.heddle.futures;
  requires dev.heddle.iter;
  requires dev.heddle.life;
  requires dev.heddle.process;
  requires dev.heddle.queue;
  requires dev.heddle.subprocess;
  requires transitive dev.heddle.timeline;
  requires java.net.http;
  requires jdk.httpserver;

  exports dev.heddle.cookbook;

  // So that generators and coroutines in recipes are compiled.
  opens dev.heddle.cookbook to dev.heddle.iter;
}
