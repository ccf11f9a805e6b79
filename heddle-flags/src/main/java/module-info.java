/** The flag downloader: a server of flag images, a client for them, and the download styles to compare. */
@SuppressWarnings("module") // this module does not see the one it exports a package to, which is built on it
module dev.heddle.flags {
  requires static transitive org.jspecify;
  requires transitive dev.heddle.asyncio;
  requires transitive dev.heddle.futures;
  requires dev.heddle.base;
  requires dev.heddle.process;
  requires transitive java.net.http;
  requires transitive jdk.httpserver;

  exports dev.heddle.flags;
  exports dev.heddle.flags.http to
      dev.heddle.images;

  // So that coroutines are compiled.
  opens dev.heddle.flags to dev.heddle.iter;
  opens dev.heddle.flags.client to dev.heddle.iter;
  opens dev.heddle.flags.styles to dev.heddle.iter;
}
