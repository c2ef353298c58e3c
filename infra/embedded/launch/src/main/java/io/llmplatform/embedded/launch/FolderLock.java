package io.llmplatform.embedded.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An exclusive claim on a data folder, given back by the operating system however the process ends. */
final class FolderLock {
    private static final String FILE = "server.lock";

    private FolderLock() {}

    /**
     * Claims the folder, made when it is missing, until the process ends.
     *
     * @return the held lock; it must stay reachable
     * @throws LaunchFailure naming the holder when another process has it
     */
    static FileLock claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(FILE);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            var holder = Files.readString(file).strip();
            channel.close();
            throw new LaunchFailure("data folder " + folder + " is in use by process " + holder);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return lock;
    }
}
