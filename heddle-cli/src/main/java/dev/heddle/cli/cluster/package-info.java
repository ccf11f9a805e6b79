/** {@code heddle cluster-demo}: a cluster of three processes on this machine, one of which is killed. */
@NullMarked
package dev.heddle.cli.cluster;

import org.jspecify.annotations.NullMarked;
