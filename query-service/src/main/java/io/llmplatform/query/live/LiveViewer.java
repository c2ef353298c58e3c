package io.llmplatform.query.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One who looks: a queue that is written out by a thread of its own. Who is too slow is sent away and may come back. */
final class LiveViewer {
    /** All that is remembered of the channels has to fit, and more than a person reads besides. */
    private static final int LONGEST_QUEUE = Channel.values().length * LiveMemory.OF_EACH + 1_000;

    private static final LiveEvent END = new LiveEvent(0, Channel.AWAY, "");

    private final String authorization;
    private final Set<Channel> channels;
    private final BlockingQueue<LiveEvent> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private volatile boolean ended;

    /** @param authorization what it came with, checked again and again */
    LiveViewer(String authorization, Set<Channel> channels) {
        this.authorization = authorization;
        this.channels = channels;
    }

    String authorization() {
        return authorization;
    }

    void offer(LiveEvent event) {
        if (channels.contains(event.channel()) && !queue.offer(event)) {
            end();
        }
    }

    /** No more after what is being written. */
    void end() {
        ended = true;
        queue.clear();
        queue.offer(END);
    }

    boolean isEnded() {
        return ended;
    }

    /** Until it is ended, or the other side has gone. */
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (!ended) {
            var event = queue.take();
            if (event == END) {
                return;
            }
            out.write(("id: " + event.id() + "\nevent: " + event.channel().wire() + "\ndata: " + event.json() + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
