import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { Provider } from 'urql';
import { createApi, onAccountChange } from './api';
import { router } from './router';
import { startLanguage } from './text';
import './styles/base.css';

function App() {
  const [api, setApi] = useState(createApi);
  // Another account has other orders: nothing that the last one saw may stay in the cache.
  useEffect(() => {
    onAccountChange(() => setApi(createApi()));
  }, []);
  return (
    <Provider value={api}>
      <RouterProvider router={router} />
    </Provider>
  );
}

const start = async (): Promise<void> => {
  await startLanguage();
  createRoot(document.getElementById('root') ?? document.body).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
};

// Not awaited by the module: the words of another language import from the file that this module is in.
void start();
