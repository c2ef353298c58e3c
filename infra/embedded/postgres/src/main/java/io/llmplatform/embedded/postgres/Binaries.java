package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.LaunchFailure;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.file.PathUtils;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once. */
record Binaries(Path home) {
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    static Binaries unpacked(Optional<Path> folder) throws IOException {
        var parent = Files.createDirectories(folder.isPresent() ? folder.get().toAbsolutePath() : besideJar());
        var home = parent.resolve("postgres-" + checksum());
        if (!Files.isDirectory(home)) {
            var fresh = Files.createTempDirectory(parent, "unpacking-");
            try (var archive = archive()) {
                unpack(archive, fresh);
            }
            moveInto(home, fresh);
        }
        return new Binaries(home);
    }

    private static void moveInto(Path home, Path fresh) throws IOException {
        try {
            Files.move(fresh, home);
        } catch (IOException e) {
            // Another process was faster: a whole folder stands there, because moving is the last step.
            if (!Files.isDirectory(home)) {
                throw e;
            }
            PathUtils.deleteDirectory(fresh);
        }
    }

    private static Path besideJar() throws IOException {
        try {
            var jar = Path.of(Binaries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("programs");
        } catch (URISyntaxException e) {
            throw new IOException("the place of this program's jar", e);
        }
    }

    private static InputStream archive() throws IOException {
        var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : "Linux";
        var machine = arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : "arm_64";
        var in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        if (in == null) {
            throw new LaunchFailure("no embedded PostgreSQL for " + system + " on " + arch
                    + "; set DATABASE_URL to a PostgreSQL server of your own");
        }
        return new BufferedInputStream(in);
    }

    private static String checksum() throws IOException {
        try (var in = new CheckedInputStream(archive(), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Long.toHexString(in.getChecksum().getValue());
        }
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("archive entry outside its folder: " + entry.getName());
                } else if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolve("..").normalize());
                    write(tar, entry, target);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
