/** A program on the module path. */
module consumer {
  requires dev.heddle;

  opens consumer to
      dev.heddle.iter; // so that generators and coroutines are compiled
}
