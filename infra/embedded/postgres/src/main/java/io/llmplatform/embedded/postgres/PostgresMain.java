package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.EmbeddedServer;
import io.llmplatform.embedded.launch.LaunchOptions;
import io.llmplatform.embedded.launch.Launcher;
import java.nio.file.Path;

/**
 * {@code PostgresMain <data folder> <port> [--roles-file=<file>] [--programs=<folder>] [--no-fsync]}: a PostgreSQL server on loopback with the
 * platform's database, roles and schemas. With a roles file ({@code role=password} lines, {@code postgres} among them)
 * every connection needs its password; without one everybody on this machine is trusted. {@code --no-fsync} is for
 * tests: their data need not survive a power cut. The programs are unpacked once into the folder given, which many
 * servers may share, or else beside this program's jar.
 */
public final class PostgresMain {
    private PostgresMain() {}

    public static void main(String[] args) throws InterruptedException {
        Launcher.run(PostgresMain::start, args);
    }

    private static EmbeddedServer start(LaunchOptions options) throws Exception {
        var passwords = Passwords.read(options.value("roles-file").map(Path::of));
        var binaries = Binaries.unpacked(options.value("programs").map(Path::of));
        var cluster = new Cluster(options.data(), binaries);
        cluster.prepare(passwords);
        var postmaster = Postmaster.start(cluster, options.port(), options.flag("no-fsync"));
        try {
            new Bootstrap(options.port(), passwords).run(postmaster);
        } catch (Exception e) {
            postmaster.close();
            throw e;
        }
        return postmaster;
    }
}
