export { frame, FRAME_BYTES_MAX, FrameReader } from './frame';
