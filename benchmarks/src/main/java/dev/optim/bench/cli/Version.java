package dev.optim.bench.cli;

import dev.optim.Objective;
import picocli.CommandLine.IVersionProvider;

/** Tells the library's version. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Objective.class.getPackage().getImplementationVersion();
    return new String[] {"optim " + (version == null ? "unpackaged" : version)};
  }
}
