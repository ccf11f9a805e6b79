/** A program on the module path. */
module consumer {
  requires dev.heddle;

  opens consumer to
      dev.heddle.codec, // its records go to worker processes and back
      dev.heddle.iter; // its generators and coroutines are compiled
}
