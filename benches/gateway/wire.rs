//! How requests are sent and answers read: HTTP/1.1 over one connection, as cheap as can be.

use std::net::SocketAddr;

use anyhow::{Context, bail};
use memchr::{memchr, memmem};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 262_144],
        })
    }

    /// Sends a request and reads the answer, but does not keep it: its length in bytes. Fails if it is
    /// another than 200.
    pub async fn ask(&mut self, request: &[u8]) -> anyhow::Result<usize> {
        let (head, length, there) = self.begin(request).await?;
        let mut left = length - (there - head);
        while left > 0 {
            let read = self.stream.read(&mut self.buffer).await?;
            left = left.checked_sub(read).context("the answer is too long")?;
            if read == 0 {
                bail!("the answer broke off");
            }
        }
        Ok(length)
    }

    /// Sends a request and gives the answer's body.
    pub async fn body(&mut self, request: &[u8]) -> anyhow::Result<Vec<u8>> {
        let (head, length, there) = self.begin(request).await?;
        let mut body = self.buffer[head..there].to_vec();
        body.resize(length, 0);
        self.stream.read_exact(&mut body[there - head..]).await?;
        Ok(body)
    }

    /// Sends a request and reads until the head of the answer is there: its length, that of the body, and
    /// how many bytes there are.
    async fn begin(&mut self, request: &[u8]) -> anyhow::Result<(usize, usize, usize)> {
        self.stream.write_all(request).await?;
        let mut there = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[there..]).await?;
            if read == 0 {
                bail!("the connection was closed");
            }
            // The end may have come in two parts.
            let from = there.saturating_sub(3);
            there += read;
            let new = &self.buffer[from..there];
            if let Some(end) = memmem::find(new, b"\r\n\r\n") {
                let head = from + end + 4;
                let length = length(&self.buffer[..head])?;
                return Ok((head, length, there));
            }
        }
    }
}

/// How long the body is. Both programs that are asked have the same library write the names of their headers.
fn length(head: &[u8]) -> anyhow::Result<usize> {
    const NAME: &[u8] = b"\r\ncontent-length: ";
    let text = || String::from_utf8_lossy(head).into_owned();
    if !head.starts_with(b"HTTP/1.1 200") {
        bail!("the answer is not 200: {}", text());
    }
    let name = memmem::find(head, NAME);
    let name = name.with_context(|| format!("the answer has no length: {}", text()))?;
    let value = &head[name + NAME.len()..];
    let end = memchr(b'\r', value).unwrap_or(value.len());
    Ok(std::str::from_utf8(&value[..end])?.parse()?)
}
