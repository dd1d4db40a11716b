import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { router } from './router';
import { startLanguage } from './text';
import './styles/base.css';

const start = async (): Promise<void> => {
  await startLanguage();
  createRoot(document.getElementById('root') ?? document.body).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  );
};

// Not awaited by the module: the words of another language import from the file that this module is in.
void start();
