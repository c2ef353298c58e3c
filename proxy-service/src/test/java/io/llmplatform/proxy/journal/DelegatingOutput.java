package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A segment like the real one, of which a test changes something. */
class DelegatingOutput implements SegmentOutput {
    private final SegmentOutput real;

    DelegatingOutput(SegmentOutput real) {
        this.real = real;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        real.write(bytes);
    }

    @Override
    public void force() throws IOException {
        real.force();
    }

    @Override
    public void truncate(long size) throws IOException {
        real.truncate(size);
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
