package io.llmplatform.embedded.postgres;

import io.llmplatform.embedded.launch.LaunchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A database cluster's folder. The folder lock of the launcher is held, so whatever server still runs here has lost the
 * process that started it.
 */
record Cluster(Path folder, Binaries binaries) {
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(20);

    Path data() {
        return folder.resolve("pgdata");
    }

    /** Makes the cluster when there is none, and sees to it that no server of an earlier run is left in it. */
    void prepare(Passwords passwords) throws IOException, InterruptedException {
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            init(passwords);
        }
        Files.writeString(data().resolve("pg_hba.conf"), access(passwords));
        clearOrphan();
    }

    /** A command line for one of PostgreSQL's programs, none of which runs as root. */
    List<String> command(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // In a user namespace of its own the process is not root, and still the owner of its files.
            command.addAll(List.of("unshare", "--user", "--"));
        }
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        return command;
    }

    private void init(Passwords passwords) throws IOException, InterruptedException {
        // Made beside its place and moved there, so that a kill half-way leaves nothing that looks like a cluster.
        var fresh = Files.createTempDirectory(folder, "initdb-");
        var arguments = new ArrayList<>(List.of(
                "--pgdata=" + fresh,
                "--username=" + Passwords.SUPERUSER,
                "--encoding=UTF8",
                "--no-locale",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        var passwordFile = Optional.<Path>empty();
        var superuser = passwords.of(Passwords.SUPERUSER);
        if (superuser.isPresent()) {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            passwordFile = Optional.of(Files.createTempFile(folder, "password-", "", owner));
            Files.writeString(passwordFile.get(), superuser.get() + "\n");
            arguments.add("--pwfile=" + passwordFile.get());
            arguments.add("--auth=scram-sha-256");
        } else {
            arguments.add("--auth=trust");
        }
        try {
            run("initdb", arguments);
        } finally {
            if (passwordFile.isPresent()) {
                Files.delete(passwordFile.get());
            }
        }
        Files.move(fresh, data());
    }

    private void run(String program, List<String> arguments) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            var hint = output.contains("unshare")
                    ? " (PostgreSQL does not run as root, and this machine does not let root make a user namespace:"
                            + " run ./platform as an ordinary user, or set DATABASE_URL to a server of your own)"
                    : "";
            throw new LaunchFailure(program + " failed" + hint + ": " + output.strip());
        }
    }

    private static String access(Passwords passwords) {
        var method = passwords.trust() ? "trust" : "scram-sha-256";
        return "# written at each start\nhost all all 127.0.0.1/32 " + method + "\nhost all all ::1/128 " + method
                + "\n";
    }

    private void clearOrphan() throws IOException, InterruptedException {
        var pidFile = data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var holder = ProcessHandle.of(
                Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()));
        if (holder.isEmpty()) {
            return; // PostgreSQL itself clears a file whose process is gone.
        }
        var process = holder.get();
        var program = process.info().command().orElse("");
        if (!program.endsWith("/postgres")) {
            // The number was given to another program meanwhile, which PostgreSQL cannot tell from a live server.
            Files.delete(pidFile);
            return;
        }
        Postmaster.askToStop(process.pid());
        try {
            process.onExit().get(ORPHAN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new LaunchFailure("a PostgreSQL server left over from an earlier run, process " + process.pid()
                    + ", still holds " + data() + " and does not end");
        }
    }
}
